package dev.treadle.server;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A client that speaks HTTP/2 frame by frame, as no library would. For one thread. */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int CANCEL = 8;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();

    record Frame(int type, int flags, int stream, byte[] payload) {}

    /**
     * @param settings what the client says of itself first
     */
    RawHttp2(String address, byte[] settings) throws IOException {
        int colon = address.lastIndexOf(':');
        socket =
                new Socket(
                        address.substring(0, colon),
                        Integer.parseInt(address.substring(colon + 1)));
        socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream()
                .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, 0, 0, settings);
    }

    void send(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
        socket.getOutputStream().write(frame.array());
    }

    /** Calls a method with one message. */
    void call(int stream, String path, String token, Map<String, String> more, byte[] message)
            throws IOException {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("content-type", "application/grpc");
        headers.put("te", "trailers");
        headers.put("authorization", "Bearer " + token);
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        put(block, ":method", "POST");
        put(block, ":scheme", "http");
        put(block, ":path", path);
        put(block, ":authority", "here");
        headers.forEach((name, value) -> put(block, name, value));
        send(HEADERS, END_HEADERS, stream, block.toByteArray());
        ByteBuffer data = ByteBuffer.allocate(5 + message.length);
        data.put((byte) 0).putInt(message.length).put(message);
        send(DATA, END_STREAM, stream, data.array());
    }

    /** Names and values in full, also those that have numbers. */
    private static void put(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        block.write(name.length());
        block.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    Frame read() throws IOException {
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[lengthAndType >>> 8];
        in.readFully(payload);
        return new Frame(lengthAndType & 0xFF, flags, stream, payload);
    }

    /** Reads up to the end of a call; returns its trailers. */
    Map<String, String> trailers(int stream) throws IOException, Http2Exception {
        while (true) {
            Frame frame = read();
            if (frame.type() == GOAWAY) {
                throw new IOException("the server says goodbye, code " + frame.payload()[7]);
            }
            Map<String, String> headers = frame.type() == HEADERS ? decoded(frame) : Map.of();
            if (frame.stream() == stream && frame.type() == RST_STREAM) {
                throw new IOException("the call was reset, code " + frame.payload()[3]);
            }
            if (frame.stream() == stream && (frame.flags() & END_STREAM) != 0) {
                return headers;
            }
        }
    }

    private Map<String, String> decoded(Frame frame) throws Http2Exception {
        Map<String, String> headers = new HashMap<>();
        decoder.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()))
                .forEach(each -> headers.put(each.getKey().toString(), each.getValue().toString()));
        return headers;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
