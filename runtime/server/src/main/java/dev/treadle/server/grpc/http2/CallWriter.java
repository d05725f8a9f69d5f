package dev.treadle.server.grpc.http2;

import io.helidon.http.http2.FlowControl;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2FrameData;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2StreamWriter;

/**
 * Takes what Helidon's gRPC sends for a call to the outbox.
 *
 * @param onLast called when the last has been handed over
 */
record CallWriter(Outbox outbox, Outgoing call, Runnable onLast) implements Http2StreamWriter {
    /** Answers with headers alone. */
    void end(Http2Headers headers) {
        Http2Flag.HeaderFlags last =
                Http2Flag.HeaderFlags.create(Http2Flag.END_OF_HEADERS | Http2Flag.END_OF_STREAM);
        writeHeaders(headers, call.stream(), last, FlowControl.Outbound.NOOP);
    }

    @Override
    public void write(Http2FrameData frame) {
        throw new UnsupportedOperationException("a call sends headers and messages");
    }

    @Override
    public void writeData(Http2FrameData frame, FlowControl.Outbound flowControl) {
        byte[] bytes = new byte[frame.data().available()];
        frame.data().read(bytes);
        outbox.send(call, new Outgoing.Part(false, false, bytes));
    }

    @Override
    public int writeHeaders(
            Http2Headers headers,
            int stream,
            Http2Flag.HeaderFlags flags,
            FlowControl.Outbound flowControl) {
        byte[] block = HeaderEncoder.encode(headers);
        outbox.send(call, new Outgoing.Part(true, flags.endOfStream(), block));
        if (flags.endOfStream()) {
            onLast.run();
        }
        return block.length;
    }

    @Override
    public int writeHeaders(
            Http2Headers headers,
            int stream,
            Http2Flag.HeaderFlags flags,
            Http2FrameData data,
            FlowControl.Outbound flowControl) {
        int length = writeHeaders(headers, stream, flags, flowControl);
        writeData(data, flowControl);
        return length;
    }
}
