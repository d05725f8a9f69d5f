package dev.treadle.trigger.nats;

import java.time.Duration;

/**
 * How events are gathered.
 *
 * @param size how many make a batch at most
 * @param maxWait how long the first may wait for the others
 */
public record BatchRule(int size, Duration maxWait) {
    public BatchRule {
        if (size < 1 || maxWait.isNegative()) {
            throw new IllegalArgumentException("size %d, wait %s".formatted(size, maxWait));
        }
    }
}
