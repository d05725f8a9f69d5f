package dev.treadle.registry;

import java.time.Duration;
import java.util.List;

/**
 * What happens after a failure.
 *
 * @param attempts how many runs an event gets, the first one included
 * @param backoff the pauses after the first, the second, … attempt; the last one repeats
 * @param jitter how chance changes a pause
 */
public record Retry(int attempts, List<Duration> backoff, Jitter jitter) {
    public static final Retry DEFAULT =
            new Retry(
                    6,
                    List.of(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(2)),
                    Jitter.FULL);

    public Retry {
        backoff = List.copyOf(backoff);
        if (attempts < 1 || backoff.isEmpty()) {
            throw new IllegalArgumentException("a retry rule needs attempts >= 1 and a backoff");
        }
    }

    /** How chance changes a pause, so that many failures do not return all at once. */
    public enum Jitter {
        /** Not at all. */
        NONE,
        /** Anything from nothing to the pause. */
        FULL,
        /** Anything from half of the pause to all of it. */
        EQUAL
    }
}
