package dev.treadle.trigger.nats;

import java.time.Duration;

/**
 * How calls that are answered later are handled.
 *
 * @param retry what happens after a failure
 * @param results how long a call's end is remembered, and its result kept
 * @param destinations where outcomes go
 */
public record AsyncRule(RetryRule retry, Duration results, Destinations destinations) {
    /** The longest that a result can be kept. */
    public static final Duration RESULTS_MAX = Duration.ofDays(7);
}
