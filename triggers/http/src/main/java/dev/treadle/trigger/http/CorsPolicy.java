package dev.treadle.trigger.http;

import java.time.Duration;
import java.util.List;

/**
 * Who may call a route from a browser page of another origin (WHATWG Fetch, CORS protocol).
 *
 * @param origins exact origins, or {@code *}
 * @param methods what a preflight allows; empty for the route's own
 * @param headers request headers that a preflight allows; {@code *} for all asked for
 * @param expose response headers that the page may read
 * @param credentials whether cookies and authorization may be sent; not together with {@code *}
 * @param maxAge how long a preflight's answer may be kept
 */
public record CorsPolicy(
        List<String> origins,
        List<String> methods,
        List<String> headers,
        List<String> expose,
        boolean credentials,
        Duration maxAge) {
    private static final String ANY = "*";

    public CorsPolicy {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        expose = List.copyOf(expose);
        if (credentials && origins.contains(ANY)) {
            throw new IllegalArgumentException(
                    "CORS with credentials needs the origins by name, not *");
        }
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("negative CORS max age: " + maxAge);
        }
    }

    boolean anyOrigin() {
        return origins.contains(ANY);
    }

    boolean allowsOrigin(String origin) {
        return anyOrigin() || origins.contains(origin);
    }

    boolean anyHeader() {
        return headers.contains(ANY);
    }
}
