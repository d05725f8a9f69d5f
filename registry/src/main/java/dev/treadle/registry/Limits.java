package dev.treadle.registry;

import java.time.Duration;

/**
 * What one function may use on one node.
 *
 * @param timeout how long a call may run, from its arrival to its answer (or the first byte of a
 *     streamed one)
 * @param stream how long a streamed answer may last in all
 * @param concurrency how many calls run at once
 * @param queue how many more may wait for their turn
 * @param payloadBytes the largest request body or event
 */
public record Limits(
        Duration timeout, Duration stream, int concurrency, int queue, long payloadBytes) {
    public static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(10), Duration.ofMinutes(15), 200, 500, 1 << 20);

    public Limits {
        if (timeout.isNegative() || timeout.isZero() || stream.compareTo(timeout) < 0) {
            throw new IllegalArgumentException("limits need 0 < timeout <= stream");
        }
        if (concurrency < 1 || queue < 0 || payloadBytes < 0) {
            throw new IllegalArgumentException(
                    "limits need concurrency >= 1, queue >= 0, payload >= 0");
        }
    }
}
