package dev.treadle.trigger.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * What to do with a body that nobody read before the answer. It must never be taken for the next
 * request: a small one is read past, otherwise the connection ends. Before it ends, some of the
 * body is read, since a peer that is still sending would lose the answer to a reset.
 */
final class UnreadBody {
    /** Below this, reading on is cheaper than a new connection. */
    private static final long SMALL_BYTES = 256 * 1024;

    /** What is read for the sake of a peer that does not listen while it sends. */
    static final long DISCARD_BYTES_MAX = 8 * 1024 * 1024;

    private UnreadBody() {}

    static boolean forbidsReuse(ServerRequest request) {
        if (request.content().consumed()) {
            return false;
        }
        ServerRequestHeaders headers = request.headers();
        boolean neverAskedFor =
                headers.containsToken(HeaderValues.EXPECT_100) && !request.continueSent();
        boolean small =
                headers.contains(HeaderNames.CONTENT_LENGTH)
                        && headers.contentLength().orElse(Long.MAX_VALUE) <= SMALL_BYTES;
        return neverAskedFor || !small;
    }

    static void discard(ServerRequest request) {
        boolean neverAskedFor =
                request.headers().containsToken(HeaderValues.EXPECT_100) && !request.continueSent();
        if (request.content().consumed() || neverAskedFor) {
            return;
        }
        try (InputStream body = request.content().inputStream()) {
            body.skipNBytes(DISCARD_BYTES_MAX);
        } catch (IOException | RuntimeException e) {
            // The body ended, or the peer is gone: either way nothing is left to be done for it.
            return;
        }
    }
}
