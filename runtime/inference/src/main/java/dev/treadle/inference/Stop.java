package dev.treadle.inference;

import org.jspecify.annotations.Nullable;

/** Ends a run that nobody waits for any more. Safe for threads. */
final class Stop {
    private @Nullable Runnable stopping;
    private boolean wanted;

    /** Stops the run, now or as soon as it begins. */
    synchronized void now() {
        wanted = true;
        if (stopping != null) {
            stopping.run();
        }
    }

    /** Whether somebody wants it stopped. */
    synchronized boolean isWanted() {
        return wanted;
    }

    /** The run begins; {@code way} ends it. */
    synchronized void begin(Runnable way) {
        stopping = way;
        if (wanted) {
            way.run();
        }
    }

    /** The run has ended: there is nothing to stop. */
    synchronized void end() {
        stopping = null;
    }
}
