package dev.treadle.trigger.nats;

import java.time.Duration;

/**
 * Asks a consumer for events and hears what it says. When anything is wrong with it, it is closed
 * and another one is made. Asking is safe for threads.
 */
interface Subscription extends AutoCloseable {
    /** Hears what comes; called by one thread. */
    interface Listener {
        void event(Subscription from, Delivery delivery);

        /** A request has ended with so many events not delivered. */
        void unfilled(Subscription from, int count);

        /** It goes on with another subscription only. */
        void trouble(Subscription from, String reason);
    }

    /** Asks for so many events. */
    void ask(int count);

    /** Whether the server has been silent for longer than its heartbeats allow. */
    boolean isSilent();

    /** Begins to expect heartbeats, when there was no open request before. */
    void expectHeartbeats();

    /** Lets what is on its way arrive, for as long, and takes no more; whether it has arrived. */
    boolean drain(Duration patience);

    @Override
    void close();
}
