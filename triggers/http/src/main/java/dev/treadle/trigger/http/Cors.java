package dev.treadle.trigger.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import java.util.List;
import java.util.Optional;

/** The server's side of the CORS protocol (WHATWG Fetch, section 3.3). */
final class Cors {
    private static final HeaderName ASKED_METHOD =
            HeaderNames.create("Access-Control-Request-Method");
    private static final HeaderName ASKED_HEADERS =
            HeaderNames.create("Access-Control-Request-Headers");
    private static final HeaderName ORIGIN = HeaderNames.create("Access-Control-Allow-Origin");
    private static final HeaderName CREDENTIALS =
            HeaderNames.create("Access-Control-Allow-Credentials");
    private static final HeaderName METHODS = HeaderNames.create("Access-Control-Allow-Methods");
    private static final HeaderName HEADERS = HeaderNames.create("Access-Control-Allow-Headers");
    private static final HeaderName MAX_AGE = HeaderNames.create("Access-Control-Max-Age");
    private static final HeaderName EXPOSE = HeaderNames.create("Access-Control-Expose-Headers");

    private Cors() {}

    /** The method that a browser wants to send, when this is a preflight. */
    static Optional<String> preflightFor(Exchange exchange) {
        ServerRequestHeaders headers = exchange.requestHeaders();
        return exchange.method().equals("OPTIONS") && headers.contains(HeaderNames.ORIGIN)
                ? headers.first(ASKED_METHOD)
                : Optional.empty();
    }

    /** Headers of the answer to a preflight; none when the origin may not call. */
    static void allowPreflight(Exchange exchange, CorsPolicy policy, String method) {
        exchange.vary("Access-Control-Request-Method");
        exchange.vary("Access-Control-Request-Headers");
        if (!allowOrigin(exchange, policy)) {
            return;
        }
        List<String> methods = policy.methods().isEmpty() ? List.of(method) : policy.methods();
        set(exchange, METHODS, String.join(", ", methods));
        set(exchange, MAX_AGE, Long.toString(policy.maxAge().toSeconds()));
        if (policy.anyHeader()) {
            exchange.requestHeaders()
                    .first(ASKED_HEADERS)
                    .ifPresent(asked -> set(exchange, HEADERS, asked));
        } else if (!policy.headers().isEmpty()) {
            set(exchange, HEADERS, String.join(", ", policy.headers()));
        }
    }

    /** Headers of the answer to a call, whatever the answer is. */
    static void allowCall(Exchange exchange, CorsPolicy policy) {
        if (allowOrigin(exchange, policy) && !policy.expose().isEmpty()) {
            set(exchange, EXPOSE, String.join(", ", policy.expose()));
        }
    }

    /** Whether the policy has set this header, so that the function's own would contradict it. */
    static boolean decided(Exchange exchange, HeaderName name) {
        return name.lowerCase().startsWith("access-control-") && exchange.headers().contains(name);
    }

    private static boolean allowOrigin(Exchange exchange, CorsPolicy policy) {
        if (policy.anyOrigin()) {
            set(exchange, ORIGIN, "*");
            return true;
        }
        exchange.vary("Origin");
        Optional<String> origin = exchange.requestHeaders().first(HeaderNames.ORIGIN);
        if (origin.isEmpty() || !policy.allowsOrigin(origin.get())) {
            return false;
        }
        set(exchange, ORIGIN, origin.get());
        if (policy.credentials()) {
            set(exchange, CREDENTIALS, "true");
        }
        return true;
    }

    private static void set(Exchange exchange, HeaderName name, String value) {
        exchange.headers().set(HeaderValues.create(name, value));
    }
}
