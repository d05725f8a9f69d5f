package dev.treadle.trigger.nats;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How often an event is tried, and the pauses between.
 *
 * @param attempts how many runs an event gets, the first one included
 * @param backoff the pauses after the first, the second, … attempt; the last one repeats
 * @param jitter how chance changes a pause
 */
public record RetryRule(int attempts, List<Duration> backoff, Jitter jitter) {
    /** A pause of nothing would have the server deliver again at once, over and over. */
    static final Duration PAUSE_LEAST = Duration.ofMillis(10);

    /** How chance changes a pause, so that many failures do not return all at once. */
    public enum Jitter {
        /** Not at all. */
        NONE,
        /** Anything from nothing to the pause. */
        FULL,
        /** Anything from half of the pause to all of it. */
        EQUAL
    }

    public RetryRule {
        backoff = List.copyOf(backoff);
        if (attempts < 1 || backoff.isEmpty()) {
            throw new IllegalArgumentException("a retry rule needs attempts >= 1 and a backoff");
        }
    }

    boolean exhausted(int attempt) {
        return attempt >= attempts;
    }

    /** The pause after an attempt, counted from 1. */
    Duration pauseAfter(int attempt, RandomGenerator random) {
        Duration pause = backoff.get(Math.min(attempt, backoff.size()) - 1);
        return spread(pause, random);
    }

    /** A pause changed by chance as the rule says. */
    Duration spread(Duration pause, RandomGenerator random) {
        long nanos = pause.toNanos();
        long least =
                switch (jitter) {
                    case NONE -> nanos;
                    case FULL -> 0;
                    case EQUAL -> nanos / 2;
                };
        Duration chosen = Duration.ofNanos(least + random.nextLong(nanos - least + 1));
        return chosen.compareTo(PAUSE_LEAST) < 0 ? PAUSE_LEAST : chosen;
    }
}
