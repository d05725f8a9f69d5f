package dev.treadle.benchmarks.process;

import dev.treadle.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An invocation with a minute left. */
enum LongCall implements Invocation {
    ONE;

    @Override
    public String id() {
        return "bench";
    }

    @Override
    public String function() {
        return "bench";
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
        return "bench";
    }

    @Override
    public Instant deadline() {
        return Instant.now().plus(remaining());
    }

    @Override
    public Duration remaining() {
        return Duration.ofMinutes(1);
    }

    @Override
    public String traceparent() {
        return "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    }

    @Override
    public Optional<String> tracestate() {
        return Optional.empty();
    }
}
