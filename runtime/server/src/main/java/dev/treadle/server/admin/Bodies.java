package dev.treadle.server.admin;

import dev.treadle.trigger.ErrorCode;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads request bodies up to a size. */
final class Bodies {
    private Bodies() {}

    static byte[] read(ServerRequest request, int bytesMax) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] body = in.readNBytes(bytesMax + 1);
            if (body.length > bytesMax) {
                throw new ApiException(
                        ErrorCode.PAYLOAD_TOO_LARGE,
                        "the body is larger than %d bytes".formatted(bytesMax));
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
