package dev.treadle.server.grpc.http2;

import static dev.treadle.server.grpc.http2.ConnectionFault.require;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.helidon.http.http2.Http2ErrorCode;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's headers: puts their frames together and decodes them. Netty's decoder comes with
 * gRPC's client; Helidon's, as of 4.5.0, takes no {@code :path} that is written in full, as gRPC's
 * C core does. For one thread.
 */
final class HeaderBlocks {
    /** Of one request, as they come. */
    private static final int BYTES_MAX = 32 * 1024;

    /** Of one request, decoded: a few bytes may stand for many. */
    private static final int DECODED_MAX = 16 * 1024;

    private final DefaultHttp2HeadersDecoder decoder =
            new DefaultHttp2HeadersDecoder(true, DECODED_MAX);
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private @Nullable Frame begun;

    /**
     * A whole block.
     *
     * @param headers empty when they are too large
     */
    record Block(int stream, boolean endsStream, Optional<Http2Headers> headers) {}

    /** Whether frames are missing; nothing else may come before them. */
    boolean isOpen() {
        return begun != null;
    }

    /** Takes a frame of headers or of their continuation; empty when more must follow. */
    Optional<Block> add(Frame frame) {
        Frame first = begun == null ? frame : begun;
        require(
                (frame.type() == Frame.HEADERS) == (begun == null)
                        && frame.stream() == first.stream(),
                Http2ErrorCode.PROTOCOL,
                "headers out of order");
        block.writeBytes(FrameReader.content(frame));
        require(
                block.size() <= BYTES_MAX,
                Http2ErrorCode.ENHANCE_YOUR_CALM,
                "more than %d bytes of headers".formatted(BYTES_MAX));
        if (!frame.has(Frame.END_HEADERS)) {
            begun = first;
            return Optional.empty();
        }
        begun = null;
        byte[] whole = block.toByteArray();
        block.reset();
        return Optional.of(
                new Block(
                        first.stream(),
                        first.has(Frame.END_STREAM),
                        decode(first.stream(), whole)));
    }

    private Optional<Http2Headers> decode(int stream, byte[] bytes) {
        try {
            return Optional.of(decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(bytes)));
        } catch (Http2Exception.HeaderListSizeException e) {
            return Optional.empty();
        } catch (Http2Exception e) {
            throw new ConnectionFault(
                    Http2ErrorCode.get((int) e.error().code()), String.valueOf(e.getMessage()));
        }
    }
}
