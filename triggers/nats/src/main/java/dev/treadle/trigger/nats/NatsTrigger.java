package dev.treadle.trigger.nats;

import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.Releases;
import dev.treadle.trigger.Trigger;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Runs a function on the events of a JetStream consumer that all nodes share; no event is asked for
 * without a free permit. Safe for threads.
 */
public final class NatsTrigger implements Trigger {
    private final NatsTriggerConfig config;
    private final NatsSession session;
    private final Ledger ledger;
    private final EventCounts counts = new EventCounts();
    private final Intake intake;
    private final Optional<Leadership> leadership;
    private final Caretaker caretaker;

    /** Whether a trigger works. */
    public enum Phase {
        /** It takes events in. */
        RUNNING,
        /** Another node takes its events in. */
        STANDBY,
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
        this(config, Handling.EVENTS, session, ledger, dispatcher, releases, random, clock);
    }

    /** A trigger whose events' outcomes go where its settings say. */
    public NatsTrigger(
            NatsTriggerConfig config,
            Courier courier,
            NatsSession session,
            Ledger ledger,
            Dispatcher dispatcher,
            Releases releases,
            RandomGenerator random,
            InstantSource clock) {
        this(
                config,
                config.destinations().equals(Destinations.NONE)
                        ? Handling.EVENTS
                        : new EventOutcomes(config, courier, session, clock),
                session,
                ledger,
                dispatcher,
                releases,
                random,
                clock);
    }

    NatsTrigger(
            NatsTriggerConfig config,
            Handling handling,
            NatsSession session,
            Ledger ledger,
            Dispatcher dispatcher,
            Releases releases,
            RandomGenerator random,
            InstantSource clock) {
        this(
                config,
                session,
                ledger,
                counts ->
                        new EventRun(
                                config,
                                dispatcher,
                                releases,
                                handling,
                                ledger,
                                new DispositionRule(config.retry(), random),
                                counts,
                                clock));
    }

    /**
     * A trigger whose messages are not events.
     *
     * @param run makes what runs them, and is told what to count with
     */
    NatsTrigger(
            NatsTriggerConfig config,
            NatsSession session,
            Ledger ledger,
            Function<EventCounts, DeliveryRun> run) {
        this.config = config;
        this.session = session;
        this.ledger = ledger;
        this.intake = new Intake(config, run.apply(counts), counts, Threads.VIRTUAL, this::wake);
        this.leadership = config.isLed() ? Optional.of(leadership()) : Optional.empty();
        this.caretaker = new Caretaker(config, session, ledger, intake, leadership);
    }

    private Leadership leadership() {
        return new Leadership(session, config.durable(), NodeName.unique(), config.ackWait());
    }

    private void wake() {
        caretaker.standing().wake();
    }

    /** Begins to take events in as soon as NATS is there; does not wait for it. */
    @Override
    public void start() {
        caretaker.start();
        intake.start();
    }

    /** Stops asking for events; those that run end as they would have. */
    public void pause(String reason) {
        caretaker.standing().pause(reason);
    }

    /** Asks for events again. */
    public void resume() {
        caretaker.standing().pause(null);
    }

    public NatsTriggerConfig config() {
        return config;
    }

    public State state() {
        return caretaker.standing().state();
    }

    public EventCounts counts() {
        return counts;
    }

    /** How many events are on this node: they run, or wait for others of their key. */
    public int inFlight() {
        return intake.inFlight();
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

    /**
     * Notes where the alias pointed until now, for events whose first attempt its node does not
     * outlive. To be called right after the alias has moved, by the node that moved it.
     *
     * @param before {@code v7}, or {@code v7=90,v8=10}
     * @throws NatsUnavailable when NATS cannot be reached; to be tried again
     */
    public void aliasMoved(String before) throws IOException, JetStreamApiException {
        Connection connection = session.require();
        ledger.ensure(connection);
        Optional<ConsumerInfo> consumer =
                ConsumerSetup.consumer(connection.jetStreamManagement(), config);
        if (consumer.isPresent()) {
            long upTo = consumer.get().getDelivered().getStreamSequence();
            ledger.memory().moved(config.durable(), new ReleaseMoves.Move(upTo, before));
        }
    }

    /** Removes the consumer, and with it where it stood. Only for a function that is gone. */
    public void forgetConsumer() throws IOException, JetStreamApiException {
        session.require().jetStreamManagement().deleteConsumer(config.stream(), config.durable());
    }

    @Override
    public boolean drain(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        stop();
        if (!caretaker.join(patience)) {
            return false;
        }
        boolean drained = intake.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        if (drained && caretaker.isSettled()) {
            leadership.ifPresent(Leadership::giveUp);
        }
        return drained;
    }

    private void stop() {
        intake.stop();
        caretaker.standing().stop();
    }

    @Override
    public void close() {
        stop();
        caretaker.interrupt();
        intake.close();
        leadership.ifPresent(Leadership::close);
    }
}
