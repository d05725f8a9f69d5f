package dev.treadle.engine;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The one watchdog that interrupts calls at their deadline. Calls with the same timeout end in the
 * order they began, so each timeout has a list of its own and the watchdog looks at the heads only;
 * a call costs two short locked sections and no timer. Safe for threads.
 */
final class Deadlines implements AutoCloseable {
    private static final long TICK_NANOS = Duration.ofMillis(5).toNanos();

    private final ConcurrentMap<Long, DeadlineList> lists = new ConcurrentHashMap<>();
    private final ImpatientCalls impatient = new ImpatientCalls();
    private final Thread watchdog;
    private volatile boolean closed;

    Deadlines() {
        watchdog = Thread.ofPlatform().name("treadle-deadlines").daemon().unstarted(this::watch);
        watchdog.start();
    }

    /** The list of all calls with this timeout. */
    DeadlineList list(Duration timeout) {
        return lists.computeIfAbsent(timeout.toNanos(), _ -> new DeadlineList());
    }

    /** Calls that may end before those of the same timeout which began before them. */
    ImpatientCalls impatient() {
        return impatient;
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(TICK_NANOS);
            long now = System.nanoTime();
            for (DeadlineList list : lists.values()) {
                list.expire(now);
            }
            impatient.expire(now);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watchdog);
    }
}
