package dev.treadle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One run of a function. Safe for threads. */
public interface Invocation {
    /** Unique among all runs; the id to search logs and records for. */
    String id();

    /** The function's name. */
    String function();

    /** The number of the release that runs. */
    int release();

    /** The alias or release that was called, e.g. {@code live}. */
    String alias();

    /** 1 for the first try of a request or an event. */
    int attempt();

    /** The name of the trigger that caused it: {@code http}, {@code call}, … */
    String trigger();

    /** When the run is interrupted if it has not ended. */
    Instant deadline();

    /** What is left until {@link #deadline()}; never negative. */
    Duration remaining();

    /**
     * This run's place in a distributed trace, in the form of the W3C {@code traceparent} header,
     * to be sent along with outgoing calls. Continues the caller's trace if the caller sent one.
     */
    String traceparent();

    /** The caller's W3C {@code tracestate}, if it sent one. */
    Optional<String> tracestate();
}
