package dev.treadle.trigger.nats.server;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ForceReconnectOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The node's one connection to NATS. It is made, and made again, without end. Threads may share it.
 */
final class NatsConnection {
    private static final System.Logger LOG = System.getLogger(NatsConnection.class.getName());
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
    private static final Duration FLUSH = Duration.ofSeconds(2);

    private final Consumer<String> notices;
    private final InstantSource clock;
    private final AtomicLong reconnects = new AtomicLong();
    private volatile @Nullable Connection current;
    private volatile String detail = "connecting";
    private volatile @Nullable Instant since;
    private volatile boolean closing;

    /** The server has said that it will stop, and there is no other connection yet. */
    private volatile boolean stopping;

    private volatile CountDownLatch closed = new CountDownLatch(0);

    NatsConnection(Consumer<String> notices, InstantSource clock) {
        this.notices = notices;
        this.clock = clock;
    }

    /** Connects; tries until that works. */
    Connection connect(
            List<String> urls, NatsSettings.Access access, Optional<NatsSettings.Tls> tls)
            throws InterruptedException {
        Duration pause = PAUSE_MIN;
        while (true) {
            stopIfClosing();
            try {
                Listener listener = new Listener();
                Options options = ConnectionOptions.of(urls, access, tls, listener);
                Connection connection = Nats.connect(options);
                current = connection;
                stopIfClosing();
                closed = listener.ended;
                since = clock.instant();
                detail = "connected to " + place(connection);
                return connection;
            } catch (IOException | RuntimeException e) {
                detail =
                        "cannot connect: "
                                + NatsText.withoutPassword(String.valueOf(e.getMessage()));
                if (pause.equals(PAUSE_MIN)) {
                    notices.accept(detail + "; trying on");
                }
            }
            Thread.sleep(pause);
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(PAUSE_MAX) < 0 ? twice : PAUSE_MAX;
        }
    }

    /** The client's own waiting may swallow an interrupt. */
    private void stopIfClosing() throws InterruptedException {
        if (closing) {
            close();
            throw new InterruptedException("the connection is being closed");
        }
    }

    /** Waits until the connection is closed for good, as after a refused password. */
    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    Optional<Connection> current() {
        return Optional.ofNullable(current);
    }

    boolean isConnected() {
        Connection connection = current;
        return connection != null && connection.getStatus() == Connection.Status.CONNECTED;
    }

    /** How it fares, in a few words. */
    String detail() {
        return detail;
    }

    Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    long reconnects() {
        return reconnects.get();
    }

    /** Whether the server that it is connected to has announced its stop. */
    boolean isStopping() {
        return stopping;
    }

    private static String place(Connection connection) {
        return NatsText.withoutPassword(String.valueOf(connection.getConnectedUrl()));
    }

    /**
     * A server in lame duck mode closes its connections one by one, over minutes, and takes no new
     * ones. Where another is known, the client goes there at once; what it has sent goes out first.
     */
    private void move(Connection connection) {
        try {
            connection.forceReconnect(ForceReconnectOptions.builder().flush(FLUSH).build());
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "NATS: the move failed; the client goes on", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes it, also one that is being made at this moment. */
    void close() throws InterruptedException {
        closing = true;
        Connection connection = current;
        if (connection != null) {
            connection.close();
        }
    }

    /** Keeps book of what happens to the connection. */
    private final class Listener implements ConnectionListener {
        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public void connectionEvent(Connection connection, Events event) {
            switch (event) {
                case RECONNECTED -> {
                    reconnects.incrementAndGet();
                    since = clock.instant();
                    stopping = false;
                    detail = "connected again, to " + place(connection);
                    LOG.log(System.Logger.Level.INFO, "NATS: {0}", detail);
                }
                case DISCONNECTED -> down("the connection was lost; reconnecting");
                case CLOSED -> {
                    down("the connection is closed");
                    ended.countDown();
                }
                case LAME_DUCK -> leave(connection);
                case CONNECTED, RESUBSCRIBED, DISCOVERED_SERVERS -> {}
            }
        }

        /** The server says it more than once. */
        private void leave(Connection connection) {
            if (stopping) {
                return;
            }
            stopping = true;
            boolean others = connection.getServers().size() > 1;
            detail =
                    "the server %s stops soon; %s"
                            .formatted(
                                    place(connection),
                                    others
                                            ? "moving to another"
                                            : "no other is known, so waiting for it to be back");
            LOG.log(System.Logger.Level.WARNING, "NATS: {0}", detail);
            if (others) {
                Thread.ofVirtual().name("nats-move").start(() -> move(connection));
            }
        }

        private void down(String what) {
            if (current != null && !closing) {
                LOG.log(System.Logger.Level.WARNING, "NATS: {0}", what);
            }
            detail = what;
        }
    }
}
