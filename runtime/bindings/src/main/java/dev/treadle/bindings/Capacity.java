package dev.treadle.bindings;

import java.time.Duration;

/**
 * How much of a provider a node uses at once.
 *
 * @param callsMax calls that run
 * @param waitingMax calls that wait for their turn
 * @param timeout how long a call may wait for its turn, and then for the provider
 */
public record Capacity(int callsMax, int waitingMax, Duration timeout) {
    public static final Capacity DEFAULT = new Capacity(128, 1000, Duration.ofSeconds(2));

    public Capacity {
        if (callsMax < 1 || waitingMax < 0 || !timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "%d calls, %d waiting, %s".formatted(callsMax, waitingMax, timeout));
        }
    }
}
