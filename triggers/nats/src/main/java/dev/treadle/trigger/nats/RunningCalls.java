package dev.treadle.trigger.nats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The calls that run on this node, so that they can be interrupted. Safe for threads. */
final class RunningCalls {
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /** One call's place. The function runs between {@link #enter} and {@link #leave}. */
    static final class Place {
        private @Nullable Thread thread;
        private boolean cancelled;

        /** Whether the call may run; if so, {@link #leave} must follow, on the same thread. */
        synchronized boolean enter() {
            if (!cancelled) {
                thread = Thread.currentThread();
            }
            return !cancelled;
        }

        /** From here on nobody interrupts the thread on the call's behalf. */
        synchronized void leave() {
            thread = null;
            if (cancelled) {
                Thread.interrupted();
            }
        }

        private synchronized void cancel() {
            cancelled = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /** To be asked for before others can know that the call runs. */
    Place open(String id) {
        return places.computeIfAbsent(id, _ -> new Place());
    }

    void close(String id) {
        places.remove(id);
    }

    /** Interrupts a call, if it is here. */
    void cancel(String id) {
        Place place = places.get(id);
        if (place != null) {
            place.cancel();
        }
    }
}
