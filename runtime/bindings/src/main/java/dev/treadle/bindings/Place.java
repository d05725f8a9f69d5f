package dev.treadle.bindings;

import dev.treadle.Invocation;
import java.time.Duration;

/**
 * A provider with the way into it.
 *
 * @param patience how long a call may wait for its turn
 */
record Place<P extends Provider>(P provider, Turnstile turnstile, Duration patience) {
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final System.Logger LOG = System.getLogger(Place.class.getName());

    static <P extends Provider> Place<P> of(P provider, Capacity capacity) {
        return new Place<>(
                provider,
                new Turnstile(capacity.callsMax(), capacity.waitingMax()),
                capacity.timeout());
    }

    /** Lets a call in under the name by which its release binds this. */
    Guard guard(String binding, BindingMeter meter, Invocation call) {
        return new Guard(binding, provider, turnstile, meter, call, patience);
    }

    /** A provider that calls are still in is left open: the process ends soon. */
    void close() {
        if (turnstile.close(CLOSING)) {
            provider.close();
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} is left open: {1} calls do not end",
                    provider.text(),
                    turnstile.inside());
        }
    }
}
