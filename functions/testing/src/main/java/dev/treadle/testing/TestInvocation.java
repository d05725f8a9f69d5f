package dev.treadle.testing;

import dev.treadle.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** One run in a test. */
record TestInvocation(
        String id,
        String function,
        int release,
        int attempt,
        String trigger,
        Instant deadline,
        InstantSource clock,
        String traceparent,
        Optional<String> tracestate)
        implements Invocation {
    @Override
    public String alias() {
        return "live";
    }

    @Override
    public Duration remaining() {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
