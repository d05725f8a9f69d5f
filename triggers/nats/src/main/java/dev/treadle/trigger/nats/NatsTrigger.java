package dev.treadle.trigger.nats;

import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.Releases;
import dev.treadle.trigger.Trigger;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs a function on the events of a JetStream consumer that all nodes share. One thread looks
 * after the subscription: it makes sure that stream and consumer are there, subscribes, and begins
 * anew whenever something is wrong. Each event runs on a virtual thread of its own, and no event is
 * asked for without a free permit. Safe for threads.
 */
public final class NatsTrigger implements Trigger {
    private static final System.Logger LOG = System.getLogger(NatsTrigger.class.getName());
    private static final Duration TROUBLE_PAUSE_LEAST = Duration.ofMillis(200);
    private static final Duration TROUBLE_PAUSE_MOST = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration HAND_BACK_PAUSE = Duration.ofMillis(50);

    private final NatsTriggerConfig config;
    private final NatsSession session;
    private final Ledger ledger;
    private final EventRun run;
    private final EventCounts counts = new EventCounts();
    private final Demand demand;
    private final Set<Delivery> running = ConcurrentHashMap.newKeySet();
    private final Thread caretaker;
    private final Thread pulse;

    /** Guards what follows, and is waited on by the caretaker. */
    private final Object lock = new Object();

    private @Nullable PullRequests requests;
    private @Nullable String trouble;
    private @Nullable String pausedBecause;
    private State state = new State(Phase.WAITING, "not connected yet");
    private boolean stopped;

    /** A connection from one break to the next: requests of before are void. */
    private record Line(Connection connection, long reconnects) {
        static Line of(Connection connection) {
            return new Line(connection, connection.getStatistics().getReconnects());
        }
    }

    /** Whether a trigger works. */
    public enum Phase {
        /** It takes events in. */
        RUNNING,
        /** Somebody has told it to rest. */
        PAUSED,
        /** NATS cannot be reached. */
        WAITING,
        /** Something else is wrong; it is tried again. */
        FAILED,
        /** It has ended. */
        STOPPED
    }

    /** Whether a trigger works, and why not. */
    public record State(Phase phase, String reason) {}

    public NatsTrigger(
            NatsTriggerConfig config,
            NatsSession session,
            Ledger ledger,
            Dispatcher dispatcher,
            Releases releases,
            RandomGenerator random,
            InstantSource clock) {
        this.config = config;
        this.session = session;
        this.ledger = ledger;
        this.demand = new Demand(config.permits());
        this.run =
                new EventRun(
                        config,
                        dispatcher,
                        releases,
                        ledger,
                        new DispositionRule(config.retry(), random),
                        counts,
                        clock);
        this.caretaker =
                Thread.ofVirtual().name(config.durable() + "-caretaker").unstarted(this::care);
        this.pulse = Thread.ofVirtual().name(config.durable() + "-pulse").unstarted(this::pulse);
    }

    /** Begins to take events in as soon as NATS is there; does not wait for it. */
    @Override
    public void start() {
        caretaker.start();
        pulse.start();
    }

    private void care() {
        int failures = 0;
        while (true) {
            try {
                Optional<Connection> connection = awaitWork();
                if (connection.isEmpty()) {
                    return;
                }
                ledger.ensure(connection.get());
                ConsumerSetup.ensure(connection.get(), config);
                failures = 0;
                watch(connection.get());
            } catch (ConsumerSetup.Impossible e) {
                rest(new State(Phase.FAILED, String.valueOf(e.getMessage())), failures++);
            } catch (JetStreamApiException e) {
                rest(new State(Phase.FAILED, "NATS says: " + e.getMessage()), failures++);
            } catch (NatsUnavailable e) {
                rest(new State(Phase.WAITING, String.valueOf(e.getMessage())), failures++);
            } catch (IOException | RuntimeException e) {
                rest(
                        new State(Phase.WAITING, "NATS does not answer: " + e.getMessage()),
                        failures++);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Waits until there is a connection and nobody has paused the trigger; empty at its end. */
    private Optional<Connection> awaitWork() throws InterruptedException {
        synchronized (lock) {
            while (!stopped) {
                Optional<Connection> connection = session.connected();
                if (pausedBecause == null && connection.isPresent()) {
                    return connection;
                }
                state =
                        pausedBecause != null
                                ? new State(Phase.PAUSED, pausedBecause)
                                : new State(Phase.WAITING, session.detail().get());
                lock.wait(LOOK.toMillis());
            }
            return Optional.empty();
        }
    }

    /** Takes events in until something is wrong. */
    private void watch(Connection connection) throws InterruptedException {
        Line line = Line.of(connection);
        PullRequests mine =
                new PullRequests(connection, config.stream(), config.durable(), new Hearing());
        String reason;
        try {
            synchronized (lock) {
                requests = mine;
                trouble = null;
                state = new State(Phase.RUNNING, "takes events in");
            }
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0}: takes in {1} of {2}",
                    config.target().function(),
                    config.subject(),
                    config.stream());
            demand.forget();
            ask(mine);
            reason = awaitTrouble(line, mine);
        } finally {
            synchronized (lock) {
                requests = null;
            }
            if (demand.stopped()) {
                mine.drain(Duration.ofSeconds(2));
            } else {
                mine.close();
            }
        }
        if (!reason.isEmpty()) {
            throw new NatsUnavailable(reason);
        }
    }

    /** What is wrong; nothing when the trigger is to rest or end. */
    private String awaitTrouble(Line line, PullRequests mine) throws InterruptedException {
        synchronized (lock) {
            while (true) {
                if (stopped || pausedBecause != null) {
                    return "";
                }
                if (trouble != null) {
                    return trouble;
                }
                if (!session.connected().map(Line::of).equals(Optional.of(line))) {
                    return "the connection broke off";
                }
                if (demand.isOpen() && mine.isSilent()) {
                    return "the consumer has fallen silent";
                }
                lock.wait(LOOK.toMillis());
            }
        }
    }

    private void rest(State because, int failures) {
        synchronized (lock) {
            if (stopped) {
                return;
            }
            if (!because.equals(state)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0}: {1}; trying again",
                        config.target().function(),
                        because.reason());
            }
            state = because;
            pause(
                    Math.min(
                            TROUBLE_PAUSE_MOST.toMillis(),
                            TROUBLE_PAUSE_LEAST.toMillis() << Math.min(failures, 6)));
        }
    }

    private void pause(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        synchronized (lock) {
            long left = millis;
            while (left > 0 && !stopped) {
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                left = (end - System.nanoTime()) / 1_000_000;
            }
        }
    }

    private void wake() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    private void ask(PullRequests from) {
        boolean first = !demand.isOpen();
        int count = demand.take();
        if (count > 0) {
            if (first) {
                from.expectHeartbeats();
            }
            from.ask(count);
        }
    }

    private void askAgain() {
        PullRequests current;
        synchronized (lock) {
            current = requests;
        }
        if (current != null) {
            try {
                ask(current);
            } catch (IllegalStateException e) {
                wake();
            }
        }
    }

    /** Hears what the current subscription says; what an older one says too late is given back. */
    private final class Hearing implements PullRequests.Listener {
        @Override
        public void event(PullRequests from, Message message) {
            Delivery delivery = new Delivery(from.connection(), message);
            if (demand.stopped() || !isCurrent(from)) {
                delivery.nak(HAND_BACK_PAUSE);
                return;
            }
            demand.arrived();
            if (run.isFiltered(delivery)) {
                delivery.ack();
                counts.filtered();
                demand.left();
                askAgain();
                return;
            }
            running.add(delivery);
            Thread.ofVirtual()
                    .name("nats-" + config.target().function() + "-" + delivery.sequence())
                    .start(() -> process(delivery));
            askAgain();
        }

        @Override
        public void unfilled(PullRequests from, int count) {
            if (isCurrent(from)) {
                demand.unfilled(count);
                askAgain();
            }
        }

        @Override
        public void trouble(PullRequests from, String reason) {
            synchronized (lock) {
                if (requests == from) {
                    trouble = reason;
                    lock.notifyAll();
                }
            }
        }

        private boolean isCurrent(PullRequests from) {
            synchronized (lock) {
                return requests == from;
            }
        }
    }

    private void process(Delivery delivery) {
        try {
            run.run(delivery);
        } catch (RuntimeException e) {
            // The answer could not be sent: the server delivers the event again.
            LOG.log(System.Logger.Level.WARNING, config.durable() + ": no answer sent", e);
        } finally {
            running.remove(delivery);
            demand.left();
            askAgain();
        }
    }

    /** Tells the server of all events that run for long, in one round for all. */
    private void pulse() {
        Duration interval = config.ackWait().dividedBy(3);
        try {
            while (true) {
                Thread.sleep(interval.dividedBy(2));
                for (Delivery delivery : running) {
                    pulse(delivery, interval);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pulse(Delivery delivery, Duration interval) {
        try {
            delivery.pulse(interval.toNanos());
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "a pulse could not be sent", e);
        }
    }

    /** Stops asking for events; those that run end as they would have. */
    public void pause(String reason) {
        synchronized (lock) {
            pausedBecause = reason;
            lock.notifyAll();
        }
    }

    /** Asks for events again. */
    public void resume() {
        synchronized (lock) {
            pausedBecause = null;
            lock.notifyAll();
        }
    }

    public NatsTriggerConfig config() {
        return config;
    }

    public State state() {
        synchronized (lock) {
            return state;
        }
    }

    public EventCounts counts() {
        return counts;
    }

    /** How many events run on this node. */
    public int inFlight() {
        return demand.running();
    }

    /**
     * How the consumer fares, on all nodes together.
     *
     * @param lag events that have not been delivered yet
     * @param pending events that run or wait for another attempt
     * @param redelivered events of those that were delivered before
     */
    public record Backlog(long lag, long pending, long redelivered) {}

    /** How the consumer fares; empty when it cannot be asked. */
    public Optional<Backlog> backlog() {
        try {
            return ConsumerSetup.consumer(session.require().jetStreamManagement(), config)
                    .map(NatsTrigger::backlog);
        } catch (IOException | JetStreamApiException | NatsUnavailable e) {
            return Optional.empty();
        }
    }

    private static Backlog backlog(ConsumerInfo info) {
        return new Backlog(info.getNumPending(), info.getNumAckPending(), info.getRedelivered());
    }

    /** Removes the consumer, and with it where it stood. Only for a function that is gone. */
    public void forgetConsumer() throws IOException, JetStreamApiException {
        session.require().jetStreamManagement().deleteConsumer(config.stream(), config.durable());
    }

    @Override
    public boolean drain(Duration patience) {
        stop();
        try {
            caretaker.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return demand.awaitIdle(patience.toNanos());
    }

    private void stop() {
        demand.stop(true);
        synchronized (lock) {
            stopped = true;
            state = new State(Phase.STOPPED, "the trigger has ended");
            lock.notifyAll();
        }
    }

    @Override
    public void close() {
        stop();
        caretaker.interrupt();
        pulse.interrupt();
    }
}
