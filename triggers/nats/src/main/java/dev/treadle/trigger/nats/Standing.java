package dev.treadle.trigger.nats;

import dev.treadle.trigger.nats.NatsTrigger.Phase;
import dev.treadle.trigger.nats.NatsTrigger.State;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a trigger fares and what it was told, for one thread that waits for news. Safe for threads.
 */
final class Standing {
    private State state = new State(Phase.WAITING, "not connected yet");
    private @Nullable String pausedBecause;
    private boolean stopped;
    private long news;

    synchronized State state() {
        return state;
    }

    /** Nothing more becomes of what has stopped. */
    synchronized void become(State now) {
        if (!stopped) {
            state = now;
        }
    }

    /** Tells it to rest; null to go on. */
    synchronized void pause(@Nullable String reason) {
        pausedBecause = reason;
        wake();
    }

    /** Why it was told to rest, if it was. */
    synchronized Optional<String> pausedBecause() {
        return Optional.ofNullable(pausedBecause);
    }

    synchronized void stop() {
        stopped = true;
        state = new State(Phase.STOPPED, "the trigger has ended");
        wake();
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Whether nobody told it to rest or to end. */
    synchronized boolean isWanted() {
        return !stopped && pausedBecause == null;
    }

    /** Says that there is news. */
    synchronized void wake() {
        news++;
        notifyAll();
    }

    /** Waits for the time, or until there is news. */
    synchronized void rest(State because, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        long known = news;
        become(because);
        long left = time.toMillis();
        while (!stopped && news == known && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    /**
     * Waits until something is wrong.
     *
     * @param look how often to look for it, at least
     * @return what is wrong; empty when it is no longer wanted
     */
    synchronized Optional<String> awaitTrouble(Supplier<Optional<String>> trouble, Duration look)
            throws InterruptedException {
        while (isWanted()) {
            Optional<String> found = trouble.get();
            if (found.isPresent()) {
                return found;
            }
            wait(look.toMillis());
        }
        return Optional.empty();
    }
}
