package dev.treadle.server.pauses;

import dev.treadle.trigger.nats.Buckets;
import dev.treadle.trigger.nats.NatsSession;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Has all nodes at a NATS server pause the same triggers: what one is told goes into a bucket that
 * all watch. What a node is told while NATS is away goes there afterwards; the younger word counts.
 * Safe for threads.
 */
public final class SharedPauses implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SharedPauses.class.getName());
    private static final String BUCKET = "TREADLE_PAUSES";
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration TROUBLE_PAUSE = Duration.ofSeconds(1);

    /** A watch that has fallen silent does no harm for longer than this. */
    private static final Duration WATCHED_AT_MOST = Duration.ofMinutes(1);

    /** Triggers do not wait longer for a server that has no bucket to give. */
    private static final Duration GATE_PATIENCE = Duration.ofSeconds(10);

    private final NatsSession session;
    private final TriggerPauses pauses;
    private final Thread follower = Thread.ofVirtual().name("pauses").unstarted(this::follow);

    /** What the bucket holds, as far as it is known. */
    private final Map<Pause.Key, Pause> shared = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /** Guards what follows, and is waited on by the follower. */
    private final Object lock = new Object();

    private NatsSession.@Nullable Line line;
    private @Nullable KeyValue bucket;
    private long lineNanos;
    private boolean caughtUp;
    private boolean trouble;

    public SharedPauses(NatsSession session, TriggerPauses pauses) {
        this.session = session;
        this.pauses = pauses;
    }

    /** Begins as soon as NATS is there; does not wait for it. */
    public void start() {
        pauses.watch(this::push);
        follower.start();
    }

    /**
     * Whether this node knows what is paused as of this connection, so that triggers may take
     * events in. True after a while even so: a server without JetStream has requests all the same.
     */
    private boolean isKnown(Connection connection) {
        synchronized (lock) {
            return NatsSession.Line.of(connection).equals(line)
                    && (caughtUp || System.nanoTime() - lineNanos > GATE_PATIENCE.toNanos());
        }
    }

    /** The connection as triggers see it: there once this node knows which of them are paused. */
    public NatsSession gated() {
        return new NatsSession(
                () -> session.connected().filter(this::isKnown),
                () ->
                        session.connected().isPresent()
                                ? "reading which triggers are paused"
                                : session.detail().get());
    }

    /** Whether other nodes can see the last word on a trigger. */
    public boolean isShared(String function, String trigger) {
        Pause.Key key = new Pause.Key(function, trigger);
        return session.connected().isPresent()
                && pauses.get(key).equals(Optional.ofNullable(shared.get(key)));
    }

    private void follow() {
        boolean told = false;
        try {
            while (!closed) {
                Connection connection = awaitConnection();
                try {
                    watch(connection);
                    told = false;
                } catch (IOException | JetStreamApiException | RuntimeException e) {
                    LOG.log(
                            told || closed
                                    ? System.Logger.Level.DEBUG
                                    : System.Logger.Level.WARNING,
                            "pauses of other nodes are not heard of; trying again: {0}",
                            e.getMessage());
                    told = true;
                    Thread.sleep(TROUBLE_PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a connection, and begins a new line on it. */
    private Connection awaitConnection() throws InterruptedException {
        Optional<Connection> connection = session.connected();
        while (connection.isEmpty()) {
            Thread.sleep(LOOK);
            connection = session.connected();
        }
        synchronized (lock) {
            NatsSession.Line now = NatsSession.Line.of(connection.get());
            if (!now.equals(line)) {
                line = now;
                lineNanos = System.nanoTime();
                caughtUp = false;
            }
            trouble = false;
        }
        return connection.get();
    }

    private void watch(Connection connection)
            throws IOException, JetStreamApiException, InterruptedException {
        KeyValue opened = open(connection);
        shared.clear();
        synchronized (lock) {
            bucket = opened;
        }
        NatsKeyValueWatchSubscription watch = opened.watchAll(new Watcher());
        try {
            awaitTrouble();
        } finally {
            if (connection.getStatus() != Connection.Status.CLOSED) {
                watch.unsubscribe();
            }
        }
    }

    private void awaitTrouble() throws IOException, InterruptedException {
        long end = System.nanoTime() + WATCHED_AT_MOST.toNanos();
        synchronized (lock) {
            while (!trouble
                    && System.nanoTime() < end
                    && session.line().equals(Optional.ofNullable(line))) {
                lock.wait(LOOK.toMillis());
            }
            if (trouble) {
                throw new IOException("a pause could not be told");
            }
        }
    }

    private static KeyValue open(Connection connection) throws IOException, JetStreamApiException {
        return Buckets.open(
                connection,
                KeyValueConfiguration.builder()
                        .name(BUCKET)
                        .description("Treadle: triggers that are paused")
                        .build());
    }

    /** Hears of each change, and at first of all that is there. */
    private final class Watcher implements KeyValueWatcher {
        @Override
        public void watch(KeyValueEntry entry) {
            String value = entry.getValueAsString();
            if (entry.getOperation() != KeyValueOperation.PUT
                    || value == null
                    || !Pause.Key.isLegal(entry.getKey())) {
                return;
            }
            try {
                Pause.Key key = Pause.Key.parse(entry.getKey());
                Pause theirs = Pause.parse(value);
                shared.put(key, theirs);
                pauses.learn(key, theirs);
                push(key);
            } catch (RuntimeException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the key %s of %s is passed over".formatted(entry.getKey(), BUCKET),
                        e);
            }
        }

        @Override
        public void endOfData() {
            pauses.keys().forEach(SharedPauses.this::push);
            synchronized (lock) {
                caughtUp = true;
                lock.notifyAll();
            }
        }
    }

    /** Tells the others, if they do not know. What does not get through now does later. */
    private void push(Pause.Key key) {
        KeyValue target;
        synchronized (lock) {
            target = bucket;
        }
        Optional<Pause> ours = pauses.get(key);
        Pause theirs = shared.get(key);
        if (target == null
                || session.connected().isEmpty()
                || ours.isEmpty()
                || ours.get().equals(theirs)
                || (theirs == null && !ours.get().paused())) {
            return;
        }
        try {
            var _ = target.put(key.text(), ours.get().json());
            shared.put(key, ours.get());
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "other nodes will hear later of {0}: {1}",
                    key.text(),
                    e.getMessage());
            synchronized (lock) {
                trouble = true;
                lock.notifyAll();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        follower.interrupt();
    }
}
