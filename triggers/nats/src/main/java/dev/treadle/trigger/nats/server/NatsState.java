package dev.treadle.trigger.nats.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a node fares with NATS, at one moment.
 *
 * @param mode managed, external or off
 * @param detail one sentence: what is, or why not
 * @param url without a password
 * @param version the server's
 * @param durability when the server syncs, as far as the node can know
 * @param since when the connection was last made
 * @param reconnects how often the connection was lost and made again
 * @param restarts how often the managed server was started again
 * @param stopping whether the server has announced its stop (lame duck mode)
 * @param warnings what an operator should know
 */
public record NatsState(
        String mode,
        Phase phase,
        String detail,
        Optional<String> url,
        Optional<ServerVersion> version,
        Optional<String> durability,
        Optional<Instant> since,
        long reconnects,
        long restarts,
        boolean stopping,
        List<String> warnings) {

    /** Where it stands. */
    public enum Phase {
        /** Wanted so. */
        OFF,
        /** The server is looked for, fetched or started, or not reached yet. */
        STARTING,
        CONNECTED,
        /** It was connected, and is being reached again. */
        RECONNECTING,
        /** There is no server, and there will be none before the next start. */
        UNAVAILABLE
    }
}
