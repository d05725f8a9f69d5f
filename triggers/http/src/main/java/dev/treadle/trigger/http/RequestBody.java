package dev.treadle.trigger.http;

import dev.treadle.BadRequest;
import dev.treadle.HttpError;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/** A request's body, read once, never beyond its limit. For one thread. */
final class RequestBody {
    private static final byte[] NOTHING = {};

    private final ServerRequest request;
    private final PayloadLimit limit;

    RequestBody(ServerRequest request, PayloadLimit limit) {
        this.request = request;
        this.limit = limit;
    }

    /**
     * Refuses what is announced to be too large before a function runs, whether it reads or not.
     *
     * @throws HttpError 413
     */
    void requireFitting() {
        if (request.content().hasEntity()) {
            declaredLength().ifPresent(limit::check);
        }
    }

    /**
     * The whole body in an array of its size.
     *
     * @throws HttpError 413 when it is too large, 415 when its coding is unknown, 400 when it is
     *     cut short
     */
    byte[] bytes() {
        if (!request.content().hasEntity()) {
            return NOTHING;
        }
        OptionalLong length = declaredLength();
        try (InputStream in = stream(limit.inMemory())) {
            if (length.isEmpty()) {
                return in.readAllBytes();
            }
            byte[] bytes = new byte[(int) length.getAsLong()];
            // The read past the end lets the transport know that the body is used up.
            if (in.readNBytes(bytes, 0, bytes.length) < bytes.length || in.read() >= 0) {
                throw cutShort();
            }
            return bytes;
        } catch (IOException e) {
            throw cutShort(e);
        }
    }

    /** The body as it arrives; errors as for {@link #bytes()}, from its methods too. */
    InputStream stream() {
        return stream(limit);
    }

    private InputStream stream(PayloadLimit limit) {
        if (!request.content().hasEntity()) {
            return InputStream.nullInputStream();
        }
        boolean gzip = isGzip(request.headers());
        OptionalLong length = declaredLength();
        if (length.isPresent()) {
            limit.check(length.getAsLong());
        }
        InputStream raw = new TransportStream(request.content().inputStream());
        return new LimitedStream(gzip ? inflate(raw) : raw, limit);
    }

    /** The length of what will be read; unknown for chunks and for what is compressed. */
    private OptionalLong declaredLength() {
        ServerRequestHeaders headers = request.headers();
        return headers.contains(HeaderNames.CONTENT_ENCODING)
                ? OptionalLong.empty()
                : headers.contentLength();
    }

    private static boolean isGzip(ServerRequestHeaders headers) {
        if (!headers.contains(HeaderNames.CONTENT_ENCODING)) {
            return false;
        }
        String coding = headers.get(HeaderNames.CONTENT_ENCODING).values();
        return switch (coding.toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> true;
            case "identity", "" -> false;
            default ->
                    throw new HttpError(
                            415,
                            "the Content-Encoding '"
                                    + coding
                                    + "' is not understood; send the body as it is or with gzip");
        };
    }

    private static InputStream inflate(InputStream raw) {
        try {
            return new GZIPInputStream(raw, 8 * 1024);
        } catch (IOException e) {
            throw new BadRequest("the body is not gzip, though Content-Encoding says so");
        }
    }

    private static BadRequest cutShort() {
        return new BadRequest("the body ended before its Content-Length");
    }

    private static BadRequest cutShort(IOException e) {
        BadRequest badRequest = new BadRequest("the body cannot be read: " + e.getMessage());
        badRequest.initCause(e);
        return badRequest;
    }
}
