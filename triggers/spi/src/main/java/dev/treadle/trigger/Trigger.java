package dev.treadle.trigger;

import java.time.Duration;

/** A source of invocations. Started once, drained once, closed once. */
public interface Trigger extends AutoCloseable {
    /** Begins to take invocations in; has begun when this returns, or throws. */
    void start();

    /**
     * Takes no more in and waits for what runs.
     *
     * @param patience how long to wait
     * @return whether all had ended by then
     */
    boolean drain(Duration patience);

    /** Ends at once. */
    @Override
    void close();
}
