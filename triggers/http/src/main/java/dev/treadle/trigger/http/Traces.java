package dev.treadle.trigger.http;

import dev.treadle.trigger.TraceContext;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.Optional;

/** The trace that a request belongs to (W3C Trace Context). */
final class Traces {
    private static final HeaderName PARENT = HeaderNames.create("traceparent");
    private static final HeaderName STATE = HeaderNames.create("tracestate");

    private Traces() {}

    static Optional<TraceContext> of(ServerRequestHeaders headers) {
        return headers.contains(PARENT)
                ? TraceContext.parse(headers.get(PARENT).get(), headers.first(STATE))
                : Optional.empty();
    }
}
