package dev.treadle.testkit;

import dev.treadle.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An invocation with so much time left. */
public record TestCall(Duration remaining) implements Invocation {
    public static final TestCall PATIENT = new TestCall(Duration.ofMinutes(1));

    @Override
    public String id() {
        return "i-1";
    }

    @Override
    public String function() {
        return "counter";
    }

    @Override
    public int release() {
        return 1;
    }

    @Override
    public String alias() {
        return "live";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String trigger() {
        return "test";
    }

    @Override
    public Instant deadline() {
        return Instant.now().plus(remaining);
    }

    @Override
    public String traceparent() {
        return "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    }

    @Override
    public Optional<String> tracestate() {
        return Optional.empty();
    }
}
