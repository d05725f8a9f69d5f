package dev.treadle.trigger.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import org.jspecify.annotations.Nullable;

/** The id that a caller gives a request: 1 to 128 visible ASCII characters. */
final class RequestIds {
    static final HeaderName HEADER = HeaderNames.create("X-Request-Id");
    private static final int LENGTH_MAX = 128;

    private RequestIds() {}

    /** The caller's id, or null when there is none that can be repeated safely. */
    static @Nullable String of(ServerRequestHeaders headers) {
        if (!headers.contains(HEADER)) {
            return null;
        }
        String id = headers.get(HEADER).get();
        return legal(id) ? id : null;
    }

    private static boolean legal(String id) {
        if (id.isEmpty() || id.length() > LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) <= ' ' || id.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
