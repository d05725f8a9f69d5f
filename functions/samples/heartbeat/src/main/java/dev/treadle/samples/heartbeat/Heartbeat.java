package dev.treadle.samples.heartbeat;

import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;
import dev.treadle.FunctionContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Writes one line to its log for each tick: when it was due, how late it came, and how much memory
 * the node has left. A tick that comes too late is a warning.
 */
public final class Heartbeat implements EventFunction {
    private final InstantSource clock;
    private Duration tolerated = Duration.ZERO;

    public Heartbeat() {
        this(Clock.systemUTC());
    }

    Heartbeat(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void start(FunctionContext context) {
        tolerated = Duration.ofMillis(Long.parseLong(context.config("LATE_MILLIS").orElse("2000")));
    }

    @Override
    public void handle(Event tick, Context context) {
        Instant due = tick.time().orElseThrow();
        Duration late = Duration.between(due, clock.instant());
        Runtime jvm = Runtime.getRuntime();
        long freeMiB = (jvm.maxMemory() - jvm.totalMemory() + jvm.freeMemory()) >> 20;
        if (late.compareTo(tolerated) > 0) {
            context.log().warn("due {}, came {} ms late", due, late.toMillis());
        } else {
            context.log().info("due {}, {} ms late, {} MiB free", due, late.toMillis(), freeMiB);
        }
    }
}
