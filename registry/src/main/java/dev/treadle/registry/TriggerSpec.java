package dev.treadle.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One entry of a manifest's {@code triggers}. */
public sealed interface TriggerSpec {
    /**
     * A route.
     *
     * @param path a template: segments that are text, {@code {name}} for one segment, or a last
     *     {@code {name...}} for all that follow
     * @param methods in capitals; empty for every method
     * @param cors who may call from a browser page of another origin
     */
    record Http(String path, List<String> methods, Optional<Cors> cors) implements TriggerSpec {
        public Http {
            methods = List.copyOf(methods);
        }
    }

    /**
     * Cross-origin resource sharing (WHATWG Fetch).
     *
     * @param origins exact origins, or {@code *}
     * @param methods what a preflight allows; empty for the route's own
     * @param headers request headers that a preflight allows; {@code *} for all asked for
     * @param expose response headers that the page may read
     * @param credentials whether cookies and authorization may be sent; not together with {@code *}
     * @param maxAge how long a preflight's answer may be kept
     */
    record Cors(
            List<String> origins,
            List<String> methods,
            List<String> headers,
            List<String> expose,
            boolean credentials,
            Duration maxAge) {
        public Cors {
            origins = List.copyOf(origins);
            methods = List.copyOf(methods);
            headers = List.copyOf(headers);
            expose = List.copyOf(expose);
        }
    }
}
