package dev.treadle.bindings;

import dev.treadle.Invocation;
import java.util.Map;
import java.util.function.Supplier;

/** The trace that a provider's call belongs to, for those whose protocol has a place for it. */
public final class CallTrace {
    private static final ScopedValue<Invocation> CURRENT = ScopedValue.newInstance();

    private CallTrace() {}

    /** Runs a call of a provider as part of an invocation. */
    static <T> T within(Invocation call, Supplier<T> work) {
        return ScopedValue.where(CURRENT, call).call(work::get);
    }

    /** As W3C's headers for HTTP; none outside of a call. To be asked on the call's own thread. */
    public static Map<String, String> headers() {
        if (!CURRENT.isBound()) {
            return Map.of();
        }
        Invocation call = CURRENT.get();
        return call.tracestate()
                .map(state -> Map.of("traceparent", call.traceparent(), "tracestate", state))
                .orElseGet(() -> Map.of("traceparent", call.traceparent()));
    }
}
