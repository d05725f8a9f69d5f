package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The node's connection as triggers see it: there or not. Safe for threads.
 *
 * @param known the connection, once there was one
 * @param detail what is the matter, while it is not there
 */
public record NatsSession(Supplier<Optional<Connection>> known, Supplier<String> detail) {
    private static final Duration LOOK = Duration.ofMillis(5);

    /** A connection from one break to the next: what was asked for before is void. */
    public record Line(Connection connection, long reconnects) {
        public static Line of(Connection connection) {
            return new Line(connection, connection.getStatistics().getReconnects());
        }
    }

    /** The line while it is up. */
    public Optional<Line> line() {
        return connected().map(Line::of);
    }

    /** The connection while it is up. */
    public Optional<Connection> connected() {
        return known.get().filter(it -> it.getStatus() == Connection.Status.CONNECTED);
    }

    /**
     * The connection.
     *
     * @throws NatsUnavailable when it is down
     */
    Connection require() {
        return connected().orElseThrow(() -> new NatsUnavailable(detail.get()));
    }

    /**
     * The connection, waiting for it if need be.
     *
     * @throws NatsUnavailable when the patience ends first
     */
    public Connection await(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (connected().isEmpty()
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return require();
    }
}
