package dev.treadle.trigger.nats;

import dev.treadle.Event;
import dev.treadle.HttpError;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.Releases;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final NatsTriggerConfig config;
    private final Dispatcher dispatcher;
    private final Releases releases;
    private final Handling handling;
    private final Books books;
    private final DispositionRule rule;
    private final EventCounts counts;
    private final InstantSource clock;

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
        this.releases = releases;
        this.handling = handling;
        this.books = books;
        this.rule = rule;
        this.counts = counts;
        this.clock = clock;
    }

    /** Spreads the stream's sequence over a weighted alias. */
    static long chance(long sequence) {
        return (sequence * MIX) >>> 1;
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
                            function, config.batch().get(), config.concurrency(), this, left);
            case EventOrder.None _, EventOrder.Strict _ ->
                    new SideBySide(function, this, threads, left);
            case EventOrder.Key(EventKey key) ->
                    new KeyedRunner(function, key, config.concurrency(), this, threads, left);
        };
    }

    /**
     * Runs the events as one invocation and answers each; those with an attempt before this one run
     * alone.
     */
    void run(List<Delivery> deliveries) {
        List<Attempt> together = new ArrayList<>();
        List<Delivery> alone = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            attemptOf(delivery)
                    .ifPresent(
                            attempt -> {
                                if (attempt.number() == 1 && obituary(attempt).isEmpty()) {
                                    together.add(attempt);
                                } else {
                                    alone.add(delivery);
                                }
                            });
        }
        if (!together.isEmpty()) {
            runTogether(together);
        }
        alone.forEach(this::run);
    }

    private Optional<Attempt> attemptOf(Delivery delivery) {
        try {
            return Optional.of(begin(delivery));
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            giveBack(delivery, e);
            return Optional.empty();
        }
    }

    /** The release that the first one chooses is that of all. */
    private void runTogether(List<Attempt> each) {
        OptionalInt release = each.getFirst().release();
        List<Attempt> attempts =
                each.stream()
                        .map(it -> new Attempt(it.delivery(), it.number(), release, it.note()))
                        .toList();
        BatchInput input = new BatchInput(attempts, handling, this);
        Outcome whole = ended(dispatcher.dispatch(request(attempts, input)));
        for (Attempt attempt : attempts) {
            Outcome outcome = input.outcome(attempt, whole);
            try {
                end(new Ended(attempt, rule.of(outcome, 1), Optional.of(outcome)));
            } catch (IOException | JetStreamApiException | RuntimeException e) {
                giveBack(attempt.delivery(), e);
            }
        }
    }

    /** It descends from the first event. */
    private InvocationRequest request(List<Attempt> attempts, BatchInput input) {
        Attempt first = attempts.getFirst();
        int hops =
                attempts.stream()
                        .mapToInt(each -> NatsEvents.hops(each.delivery().message()))
                        .max()
                        .orElse(0);
        return new InvocationRequest(
                dispatcher.newInvocationId(),
                config.target(),
                config.name(),
                NatsEvents.lineage(first.delivery().message(), first.delivery().origin())
                        .attempt(1, first.release())
                        .hops(hops),
                input);
    }

    private void giveBack(Delivery delivery, Exception e) {
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

    /** Counts the attempt that comes now, of an event that has just come. */
    Attempt begin(Delivery delivery) throws IOException, JetStreamApiException {
        if (delivery.deliveries() == 1) {
            return attempt(delivery, 1, Optional.empty());
        }
        Optional<EventMemory.Note> note = recall(delivery);
        // Without a note, a node died of the first attempt, or before it.
        return note.isPresent()
                ? attempt(delivery, note.get().attempts() + 1, note)
                : afterDeath(delivery);
    }

    private Optional<EventMemory.Note> recall(Delivery delivery)
            throws IOException, JetStreamApiException {
        return books.memory().recall(config.durable(), delivery.sequence());
    }

    /**
     * Notes that the attempt begins. The first delivery's is not noted: it would cost each event a
     * write.
     */
    Attempt begun(Attempt attempt) throws IOException, JetStreamApiException {
        return attempt.delivery().deliveries() == 1
                ? attempt
                : noted(attempt, release(attempt.note()), attempt.number());
    }

    /** The attempt after this one, which has failed, with no delivery between. */
    Attempt again(Attempt failed) throws IOException, JetStreamApiException {
        Attempt noted = noted(failed, failed.release(), failed.number());
        counts.retried(true);
        return attempt(failed.delivery(), failed.number() + 1, noted.note());
    }

    /** Gives an event back that does not run; the attempts that it had here stay counted. */
    @Override
    public void handBack(Delivery delivery) {
        try {
            if (delivery.deliveries() == 1 && recall(delivery).isEmpty()) {
                var _ = noted(attempt(delivery, 1, Optional.empty()), OptionalInt.empty(), 0);
            }
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "what was not begun counts as an attempt", e);
        }
        delivery.handBack();
    }

    private Attempt attempt(Delivery delivery, int number, Optional<EventMemory.Note> note) {
        OptionalInt known = release(note);
        OptionalInt release =
                known.isPresent()
                        ? known
                        : releases.choose(config.target(), chance(delivery.sequence()));
        return new Attempt(delivery, number, release, note);
    }

    /** A second attempt of which only the alias's moves tell where the first one went. */
    private Attempt afterDeath(Delivery delivery) throws IOException, JetStreamApiException {
        Attempt attempt = attempt(delivery, 2, Optional.empty());
        OptionalInt first =
                books.memory()
                        .moves(config.durable())
                        .release(delivery.sequence(), chance(delivery.sequence()));
        return first.isPresent()
                ? new Attempt(delivery, attempt.number(), first, attempt.note())
                : attempt;
    }

    private static OptionalInt release(Optional<EventMemory.Note> note) {
        return note.map(EventMemory.Note::release).orElse(OptionalInt.empty());
    }

    private Attempt noted(Attempt attempt, OptionalInt release, int attempts)
            throws IOException, JetStreamApiException {
        Optional<EventMemory.Note> note = Optional.of(new EventMemory.Note(release, attempts));
        if (!note.equals(attempt.note())) {
            books.memory().remember(config.durable(), attempt.delivery().sequence(), note.get());
        }
        return new Attempt(attempt.delivery(), attempt.number(), attempt.release(), note);
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
        Attempt begun = begun(attempt);
        Outcome outcome = ended(dispatcher.dispatch(request(begun)));
        return new Ended(begun, rule.of(outcome, begun.number()), Optional.of(outcome));
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

    InvocationRequest request(Attempt attempt) {
        Delivery delivery = attempt.delivery();
        return new InvocationRequest(
                dispatcher.newInvocationId(),
                config.target(),
                config.name(),
                NatsEvents.lineage(delivery.message(), delivery.origin())
                        .attempt(attempt.number(), attempt.release()),
                handling.input(delivery, arrival(delivery)));
    }

    NatsEvents.Arrival arrival(Delivery delivery) {
        return NatsEvents.Arrival.of(config.stream(), delivery.sequence(), delivery.published());
    }

    /** Nobody reads an event's answer: a streamed one is written to nowhere. */
    private static Outcome ended(Outcome outcome) {
        return outcome instanceof Outcome.Streaming streaming
                ? streaming.body().writeTo(OutputStream.nullOutputStream())
                : outcome;
    }

    /** Stores what the disposition demands, and only then answers. */
    void end(Ended ended) throws IOException, JetStreamApiException {
        Disposition disposition = handling.ended(ended);
        Attempt attempt = ended.attempt();
        Delivery delivery = attempt.delivery();
        switch (disposition) {
            case Disposition.Ack _ -> {
                delivery.ack();
                forget(attempt);
                counts.succeeded();
            }
            case Disposition.Retry(Duration pause, boolean attempted) -> {
                remember(attempt, attempted);
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
                forget(attempt);
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

    /** A delivery that ended without a run was no attempt, and binds the event to no release. */
    private void remember(Attempt attempt, boolean attempted)
            throws IOException, JetStreamApiException {
        var _ =
                attempted
                        ? noted(attempt, attempt.release(), attempt.number())
                        : noted(attempt, release(attempt.note()), attempt.number() - 1);
    }

    private void forget(Attempt attempt) throws IOException, JetStreamApiException {
        if (attempt.note().isPresent()) {
            books.memory().forget(config.durable(), attempt.delivery().sequence());
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
