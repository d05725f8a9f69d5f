package dev.treadle.bindings.nats;

import io.nats.client.Connection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The node's connection to NATS.
 *
 * @param connection empty while there is none
 * @param detail why there is none
 */
public record NatsAccess(Supplier<Optional<Connection>> connection, Supplier<String> detail) {
    /** For a node without. */
    public static final NatsAccess NONE =
            new NatsAccess(Optional::empty, () -> "NATS is off on this node");
}
