package dev.treadle.trigger.nats;

import dev.treadle.trigger.Trigger;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps webhooks and posts them. All nodes share the work: a webhook that was stored is posted by
 * some node, at least once. Safe for threads.
 */
public final class Webhooks implements Trigger {
    private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());

    private final NatsSession session;
    private final CallbackHosts callbacks;
    private final NatsTrigger posting;
    private final Duration round;
    private final Thread caretaker = Thread.ofVirtual().name("webhooks").unstarted(this::care);

    /** By function. */
    private final Map<String, LongAdder> givenUp = new ConcurrentHashMap<>();

    /** Where the stream is known to be; guarded by this, as is what follows. */
    private @Nullable Connection ensured;

    private boolean begun;
    private boolean stopped;

    /**
     * How webhooks are posted.
     *
     * @param sender posts one
     * @param hosts where callers may have them posted to
     * @param secret what they are signed with; unsigned when there is none
     * @param retry how often each is tried
     */
    public record Posting(
            WebhookSender sender,
            CallbackHosts hosts,
            Supplier<Optional<String>> secret,
            RetryRule retry) {
        /** Ten attempts within half a day. */
        public static final RetryRule RETRY =
                new RetryRule(
                        10,
                        List.of(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(2),
                                Duration.ofMinutes(10),
                                Duration.ofMinutes(30),
                                Duration.ofHours(1),
                                Duration.ofHours(3),
                                Duration.ofHours(6)),
                        RetryRule.Jitter.EQUAL);
    }

    public Webhooks(
            NatsSession session,
            Ledger ledger,
            Posting posting,
            AsyncTrigger.Pace pace,
            RandomGenerator random,
            InstantSource clock) {
        this.session = session;
        this.callbacks = posting.hosts();
        this.round = pace.round();
        Function<EventCounts, DeliveryRun> run =
                _ ->
                        new WebhookRun(
                                posting.sender(),
                                posting.hosts(),
                                posting.secret(),
                                posting.retry(),
                                function ->
                                        givenUp.computeIfAbsent(function, _ -> new LongAdder())
                                                .increment(),
                                random,
                                clock);
        this.posting =
                new NatsTrigger(WebhookStream.consumer(pace.ackWait()), session, ledger, run);
    }

    /** Begins to post as soon as there is something to post; does not wait for it. */
    @Override
    public void start() {
        caretaker.start();
    }

    private void care() {
        try {
            while (true) {
                look();
                Thread.sleep(round);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Other nodes may have stored some. */
    private void look() {
        try {
            Optional<Connection> connection = session.connected();
            if (connection.isPresent() && WebhookStream.exists(connection.get())) {
                begin();
            }
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "webhooks are looked for later", e);
        }
    }

    private synchronized void begin() {
        if (!begun && !stopped) {
            begun = true;
            posting.start();
        }
    }

    /** Where callers may have webhooks posted to. */
    CallbackHosts callbacks() {
        return callbacks;
    }

    /** How many this node has given up since it started, by function. */
    public Map<String, Long> givenUp() {
        Map<String, Long> counts = new TreeMap<>();
        givenUp.forEach((function, count) -> counts.put(function, count.sum()));
        return counts;
    }

    /** Stores a webhook; it is going to be posted when this returns. */
    void send(Webhook webhook) throws IOException, JetStreamApiException {
        Connection connection = session.require();
        ensure(connection);
        try {
            WebhookStream.put(connection, webhook);
        } catch (IOException | JetStreamApiException e) {
            forget();
            throw e;
        }
        begin();
    }

    private synchronized void ensure(Connection connection)
            throws IOException, JetStreamApiException {
        if (ensured != connection) {
            WebhookStream.ensure(connection);
            ensured = connection;
        }
    }

    private synchronized void forget() {
        ensured = null;
    }

    @Override
    public boolean drain(Duration patience) {
        return !stop() || posting.drain(patience);
    }

    /** Whether it has ever begun. */
    private synchronized boolean stop() {
        stopped = true;
        caretaker.interrupt();
        return begun;
    }

    @Override
    public void close() {
        if (stop()) {
            posting.close();
        }
    }
}
