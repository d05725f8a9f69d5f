package dev.treadle.trigger.nats;

import dev.treadle.Event;
import dev.treadle.HttpError;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Input;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Lineage;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.Releases;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Takes one delivery from its arrival to its answer: what is remembered of the event, the call, the
 * disposition, and only when all that it demands is stored, the answer. Safe for threads.
 */
final class EventRun implements DeliveryRun {
    private static final System.Logger LOG = System.getLogger(NatsTrigger.class.getName());

    /** When the ledger cannot be written, nothing is lost: the event stays in its stream. */
    private static final Duration TROUBLE_PAUSE = Duration.ofSeconds(2);

    private final NatsTriggerConfig config;
    private final Dispatcher dispatcher;
    private final Attempts attempts;
    private final Handling handling;
    private final Books books;
    private final DispositionRule rule;
    private final EventCounts counts;
    private final InstantSource clock;

    /** Of the stream, read once: each plain message has it. */
    private final URI source;

    EventRun(
            NatsTriggerConfig config,
            Dispatcher dispatcher,
            Releases releases,
            Handling handling,
            Books books,
            DispositionRule rule,
            EventCounts counts,
            InstantSource clock) {
        this.config = config;
        this.dispatcher = dispatcher;
        this.attempts = new Attempts(config, releases, books);
        this.handling = handling;
        this.books = books;
        this.rule = rule;
        this.counts = counts;
        this.clock = clock;
        this.source = NatsEvents.Arrival.source(config.stream());
    }

    /** Whether the event is one that the filter passes over. One that cannot be read is not. */
    @Override
    public boolean isFiltered(Delivery delivery) {
        if (config.filter().isEmpty()) {
            return false;
        }
        try {
            Event event = NatsEvents.read(delivery.message(), arrival(delivery), NoJson.INSTANCE);
            return !config.filter().get().matches(event);
        } catch (HttpError e) {
            return false;
        }
    }

    /** Runs the event and answers; always answers, unless the connection is gone. */
    @Override
    public void run(Delivery delivery) {
        try {
            end(make(begin(delivery)));
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            giveBack(delivery, e);
        }
    }

    @Override
    public Runner runner(Threads threads, Runner.Left left) {
        String function = config.target().function();
        return switch (config.order()) {
            case EventOrder.None _ when config.batch().isPresent() ->
                    new BatchRunner(
                            function,
                            config.batch().get(),
                            config.concurrency(),
                            this,
                            threads,
                            left);
            case EventOrder.None _, EventOrder.Strict _ ->
                    new SideBySide(function, this, threads, left);
            case EventOrder.Key(EventKey key) ->
                    new KeyedRunner(function, key, config.concurrency(), this, threads, left);
        };
    }

    void giveBack(Delivery delivery, Exception e) {
        LOG.log(
                System.Logger.Level.WARNING,
                "%s: event %s:%d is given back: its state cannot be kept"
                        .formatted(config.durable(), config.stream(), delivery.sequence()),
                e);
        delivery.nak(TROUBLE_PAUSE);
    }

    /** How far an event has come that is here; what went wrong is done again from here on. */
    sealed interface Step {}

    /**
     * One attempt that is to be made.
     *
     * @param number counted from 1
     * @param release what it runs on; empty when there is none
     * @param note what the memory holds of the event
     */
    record Attempt(
            Delivery delivery, int number, OptionalInt release, Optional<EventMemory.Note> note)
            implements Step {
        /** Whether all that is known of attempts before is that there may have been one. */
        boolean isForgiven() {
            return number == 2 && note.isEmpty();
        }
    }

    /** The attempt that comes now, of an event that has just come. */
    Attempt begin(Delivery delivery) throws IOException, JetStreamApiException {
        return attempts.begin(delivery);
    }

    /** The attempt after this one, which has failed, with no delivery between. */
    Attempt again(Attempt failed) throws IOException, JetStreamApiException {
        Attempt next = attempts.again(failed);
        counts.retried(true);
        return next;
    }

    /** The same attempt, which was refused and has not been made. */
    Attempt refused(Attempt attempt) throws IOException, JetStreamApiException {
        Attempt noted = attempts.refused(attempt);
        counts.retried(false);
        return noted;
    }

    /** Gives an event back that does not run. */
    @Override
    public void handBack(Delivery delivery) {
        try {
            attempts.notBegun(delivery);
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "what was not begun counts as an attempt", e);
        }
        delivery.handBack();
    }

    /**
     * An attempt that was made, and what becomes of the event.
     *
     * @param outcome empty when the function was not called
     */
    record Ended(Attempt attempt, Disposition disposition, Optional<Outcome> outcome)
            implements Step {
        /** How often the event has been tried. */
        int attempts() {
            return outcome.isPresent() ? attempt.number() : attempt.number() - 1;
        }
    }

    /** Runs the function, unless the event is past that. */
    Ended make(Attempt attempt) throws IOException, JetStreamApiException {
        Optional<Disposition> obituary = obituary(attempt);
        if (obituary.isPresent()) {
            return new Ended(attempt, obituary.get(), Optional.empty());
        }
        Attempt begun = attempts.begun(attempt);
        return ended(begun, dispatch(lineage(begun), input(begun.delivery())));
    }

    /** What becomes of the event by an attempt's outcome. */
    Ended ended(Attempt attempt, Outcome outcome) {
        return new Ended(attempt, rule.of(outcome, attempt.number()), Optional.of(outcome));
    }

    /** Calls the function and waits for its end. */
    Outcome dispatch(Lineage lineage, Input input) {
        Outcome outcome =
                dispatcher.dispatch(
                        new InvocationRequest(
                                dispatcher.newInvocationId(),
                                config.target(),
                                config.name(),
                                lineage,
                                input));
        // Nobody reads an event's answer: a streamed one is written to nowhere.
        return outcome instanceof Outcome.Streaming streaming
                ? streaming.body().writeTo(OutputStream.nullOutputStream())
                : outcome;
    }

    private static Lineage lineage(Attempt attempt) {
        Delivery delivery = attempt.delivery();
        return NatsEvents.lineage(delivery.message(), delivery.origin())
                .attempt(attempt.number(), attempt.release());
    }

    Input input(Delivery delivery) {
        return handling.input(delivery, arrival(delivery));
    }

    /** Why the event is given up without a run. */
    Optional<Disposition> obituary(Attempt attempt) {
        if (isTooOld(attempt.delivery())) {
            return Optional.of(
                    new Disposition.Bury(
                            DeadLetter.Reason.EXPIRED,
                            ErrorCode.FUNCTION_TIMEOUT.id(),
                            "older than maxAge, %s".formatted(config.maxAge().orElseThrow()),
                            Optional.empty()));
        }
        if (attempt.number() > config.retry().attempts() && !attempt.isForgiven()) {
            return Optional.of(
                    new Disposition.Bury(
                            DeadLetter.Reason.EXHAUSTED,
                            ErrorCode.INTERNAL.id(),
                            "begun %d times without an answer; the nodes may have died of it"
                                    .formatted(attempt.number() - 1),
                            Optional.empty()));
        }
        return Optional.empty();
    }

    private boolean isTooOld(Delivery delivery) {
        return config.maxAge().isPresent()
                && delivery.published().plus(config.maxAge().get()).isBefore(clock.instant());
    }

    NatsEvents.Arrival arrival(Delivery delivery) {
        return NatsEvents.Arrival.of(
                config.stream(), source, delivery.sequence(), delivery.published());
    }

    /** Stores what the disposition demands, and only then answers. */
    void end(Ended ended) throws IOException, JetStreamApiException {
        Disposition disposition = handling.ended(ended);
        Attempt attempt = ended.attempt();
        Delivery delivery = attempt.delivery();
        switch (disposition) {
            case Disposition.Ack _ -> {
                delivery.ack();
                attempts.forget(attempt);
                counts.succeeded();
            }
            case Disposition.Retry(Duration pause, boolean attempted) -> {
                attempts.remember(attempt, attempted);
                delivery.nak(pause);
                counts.retried(attempted);
            }
            case Disposition.Bury bury -> {
                var _ =
                        books.deadLetters()
                                .keep(
                                        letter(ended, bury),
                                        config.durable() + ":" + delivery.origin());
                delivery.term();
                attempts.forget(attempt);
                counts.buried();
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0}: event {1} is a dead letter ({2}) after {3} attempts: {4}",
                        config.target().function(),
                        delivery.origin(),
                        bury.reason(),
                        ended.attempts(),
                        bury.message());
            }
        }
    }

    private DeadLetter letter(Ended ended, Disposition.Bury bury) {
        Attempt attempt = ended.attempt();
        Delivery delivery = attempt.delivery();
        return new DeadLetter(
                config.target().function(),
                config.name(),
                bury.reason(),
                bury.code(),
                bury.message(),
                bury.cause(),
                ended.attempts(),
                attempt.release().orElse(0),
                config.stream(),
                delivery.sequence(),
                delivery.message().getSubject(),
                NatsEvents.headers(delivery.message()),
                delivery.published(),
                clock.instant(),
                false,
                NatsEvents.data(delivery.message()));
    }
}
