package dev.treadle.trigger.nats;

import dev.treadle.trigger.AsyncCalls;
import dev.treadle.trigger.Trigger;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs requests that are answered later. Each function that has had one has a consumer of its own,
 * which all nodes share; a node begins with it when it takes a request for it in, or when it hears
 * of the consumer. Safe for threads.
 */
public final class AsyncTrigger implements Trigger {
    /** The name of all this in records and dead letters. */
    public static final String NAME = "async";

    private static final System.Logger LOG = System.getLogger(AsyncTrigger.class.getName());
    private static final Duration REPLACED_PATIENCE = Duration.ofMinutes(5);
    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(14);
    private static final Duration SWEEP = Duration.ofMinutes(10);

    private final NatsSession session;
    private final Ledger ledger;
    private final Courier courier;
    private final Announcer announcer;
    private final AsyncFunctions functions;
    private final Pace pace;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final CallStore store;
    private final AsyncCalls calls;
    private final RunningCalls running = new RunningCalls();
    private final Thread caretaker = Thread.ofVirtual().name("async").unstarted(this::care);

    /** By function; guarded by this, as is what follows. */
    private final Map<String, NatsTrigger> served = new HashMap<>();

    private @Nullable Connection heardOn;
    private Instant swept = Instant.EPOCH;
    private boolean stopped;

    /**
     * How often things are looked at.
     *
     * @param round how often a node looks for functions whose requests other nodes took in
     * @param ackWait after how long without a sign of life a request goes to another node
     */
    public record Pace(Duration round, Duration ackWait) {
        public static final Pace USUAL =
                new Pace(Duration.ofSeconds(5), NatsTriggerConfig.ACK_WAIT);
    }

    public AsyncTrigger(
            NatsSession session,
            Ledger ledger,
            Outlets outlets,
            AsyncFunctions functions,
            Pace pace,
            Chance chance,
            InstantSource clock) {
        this.session = session;
        this.ledger = ledger;
        this.functions = functions;
        this.pace = pace;
        this.random = chance.retries();
        this.clock = clock;
        this.store = new CallStore(session, ledger.deadLetters(), clock);
        this.calls =
                new NatsAsyncCalls(
                        new CallIds(clock, chance.ids()),
                        store,
                        functions.rules(),
                        this::ensure,
                        outlets.webhooks().callbacks(),
                        clock);
        this.courier = new Courier(outlets.webhooks(), outlets.publisher(), calls, clock);
        this.announcer = new Announcer(outlets.webhooks(), courier);
    }

    /** Takes outcomes to their destinations. */
    public Courier courier() {
        return courier;
    }

    /**
     * Two kinds of chance.
     *
     * @param ids makes what nobody can guess
     * @param retries spreads pauses
     */
    public record Chance(RandomGenerator ids, RandomGenerator retries) {}

    /** Takes requests in, shows and cancels calls. */
    public AsyncCalls calls() {
        return calls;
    }

    /** Begins to look for requests as soon as NATS is there; does not wait for it. */
    @Override
    public void start() {
        caretaker.start();
    }

    private void care() {
        try {
            while (true) {
                look();
                Thread.sleep(pace.round());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        Optional<Connection> connection = session.connected();
        if (connection.isEmpty()) {
            return;
        }
        try {
            hearCancellations(connection.get());
            for (String function : CallStream.functions(connection.get())) {
                serve(function);
            }
            sweep();
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "asynchronous calls are looked for later", e);
        }
    }

    /** The client itself subscribes again after a reconnect. */
    private synchronized void hearCancellations(Connection connection) {
        if (!stopped && heardOn != connection) {
            Dispatcher made =
                    connection.createDispatcher(
                            message ->
                                    running.cancel(
                                            new String(
                                                    NatsEvents.data(message),
                                                    StandardCharsets.US_ASCII)));
            made.subscribe(NatsAsyncCalls.CANCEL_SUBJECT);
            heardOn = connection;
        }
    }

    private void sweep() {
        Instant now = clock.instant();
        if (now.isBefore(swept.plus(SWEEP))) {
            return;
        }
        swept = now;
        for (String function : names()) {
            ledger.deadLetters().expire(function, NAME, now.minus(DEAD_LETTERS_KEPT));
        }
    }

    private synchronized List<String> names() {
        return List.copyOf(served.keySet());
    }

    /** The consumer is there before the first request: any node finds the work by it. */
    private void ensure(String function) throws IOException, JetStreamApiException {
        OptionalInt concurrency = functions.rules().concurrency(function);
        if (isServed(function) || concurrency.isEmpty()) {
            return;
        }
        Connection connection = session.require();
        hearCancellations(connection);
        try {
            ConsumerSetup.ensure(connection, config(function, concurrency.getAsInt()));
        } catch (ConsumerSetup.Impossible e) {
            throw new IOException(e.getMessage(), e);
        }
        serve(function);
    }

    private synchronized boolean isServed(String function) {
        return served.containsKey(function);
    }

    private synchronized void serve(String function) {
        OptionalInt concurrency = functions.rules().concurrency(function);
        if (!stopped && concurrency.isPresent() && !served.containsKey(function)) {
            NatsTrigger trigger =
                    new NatsTrigger(
                            config(function, concurrency.getAsInt()),
                            session,
                            ledger,
                            counts ->
                                    new AsyncRun(
                                            store, functions, announcer, running, counts, random,
                                            clock));
            served.put(function, trigger);
            trigger.start();
        }
    }

    private NatsTriggerConfig config(String function, int concurrency) {
        return CallStream.consumer(function, concurrency, pace.ackWait());
    }

    /** What runs the calls of functions that have had some. */
    public synchronized List<NatsTrigger> triggers() {
        return List.copyOf(served.values());
    }

    /** Follows a change of what is deployed. */
    public synchronized void changed(String function) {
        NatsTrigger before = served.get(function);
        OptionalInt concurrency = functions.rules().concurrency(function);
        if (before == null
                || (concurrency.isPresent()
                        && before.config().equals(config(function, concurrency.getAsInt())))) {
            return;
        }
        served.remove(function);
        retire(before, concurrency.isEmpty());
        serve(function);
    }

    /** Lets what runs end, without keeping the deploy waiting. */
    private void retire(NatsTrigger old, boolean functionIsGone) {
        Thread.ofVirtual()
                .name("retire-async")
                .start(
                        () -> {
                            var _ = old.drain(REPLACED_PATIENCE);
                            old.close();
                            if (functionIsGone) {
                                forget(old);
                            }
                        });
    }

    private void forget(NatsTrigger old) {
        try {
            store.line().stream().purge(old.config().target().function());
            old.forgetConsumer();
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "requests of {0}, which is gone, stay for a while: {1}",
                    old.config().target().function(),
                    e.getMessage());
        }
    }

    @Override
    public boolean drain(Duration patience) {
        List<NatsTrigger> all = stop();
        List<Thread> drains = new ArrayList<>();
        AtomicBoolean idle = new AtomicBoolean(true);
        for (NatsTrigger trigger : all) {
            drains.add(
                    Thread.ofVirtual()
                            .name("drain-async")
                            .start(
                                    () -> {
                                        if (!trigger.drain(patience)) {
                                            idle.set(false);
                                        }
                                    }));
        }
        try {
            for (Thread drain : drains) {
                drain.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return idle.get();
    }

    private synchronized List<NatsTrigger> stop() {
        stopped = true;
        caretaker.interrupt();
        return List.copyOf(served.values());
    }

    @Override
    public void close() {
        stop().forEach(NatsTrigger::close);
    }
}
