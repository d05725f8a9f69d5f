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
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Takes one delivery from its arrival to its answer: what is remembered of the event, the call, the
 * disposition, and only when all that it demands is stored, the answer. Safe for threads.
 */
final class EventRun {
    private static final System.Logger LOG = System.getLogger(NatsTrigger.class.getName());

    /** When the ledger cannot be written, nothing is lost: the event stays in its stream. */
    private static final Duration TROUBLE_PAUSE = Duration.ofSeconds(2);

    /** Spreads the stream's sequence over a weighted alias. */
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final NatsTriggerConfig config;
    private final Dispatcher dispatcher;
    private final Releases releases;
    private final Ledger ledger;
    private final DispositionRule rule;
    private final EventCounts counts;
    private final InstantSource clock;

    EventRun(
            NatsTriggerConfig config,
            Dispatcher dispatcher,
            Releases releases,
            Ledger ledger,
            DispositionRule rule,
            EventCounts counts,
            InstantSource clock) {
        this.config = config;
        this.dispatcher = dispatcher;
        this.releases = releases;
        this.ledger = ledger;
        this.rule = rule;
        this.counts = counts;
        this.clock = clock;
    }

    /** Whether the event is one that the filter passes over. One that cannot be read is not. */
    boolean isFiltered(Delivery delivery) {
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
    void run(Delivery delivery) {
        try {
            EventMemory.Note note =
                    delivery.deliveries() == 1
                            ? EventMemory.Note.NONE
                            : ledger.memory().recall(config.durable(), delivery.sequence());
            Attempt attempt = attempt(delivery, note);
            apply(delivery, attempt, disposition(delivery, attempt));
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "%s: event %s:%d is given back: its state cannot be kept"
                            .formatted(config.durable(), config.stream(), delivery.sequence()),
                    e);
            delivery.nak(TROUBLE_PAUSE);
        }
    }

    /**
     * One attempt.
     *
     * @param number counted from 1; deliveries that ended without a run do not count
     */
    private record Attempt(int number, OptionalInt release, EventMemory.Note note) {}

    private Attempt attempt(Delivery delivery, EventMemory.Note note) {
        int number = Math.max(1, delivery.deliveries() - note.refusals());
        OptionalInt release =
                note.release().isPresent()
                        ? note.release()
                        : releases.choose(config.target(), (delivery.sequence() * MIX) >>> 1);
        return new Attempt(number, release, note);
    }

    private Disposition disposition(Delivery delivery, Attempt attempt) {
        if (isTooOld(delivery)) {
            return new Disposition.Bury(
                    DeadLetter.Reason.EXPIRED,
                    ErrorCode.FUNCTION_TIMEOUT.id(),
                    "older than maxAge, %s".formatted(config.maxAge().orElseThrow()),
                    Optional.empty());
        }
        if (attempt.number() > config.retry().attempts()) {
            return new Disposition.Bury(
                    DeadLetter.Reason.EXHAUSTED,
                    ErrorCode.INTERNAL.id(),
                    "delivered %d times without an answer; the nodes may have died of it"
                            .formatted(delivery.deliveries()),
                    Optional.empty());
        }
        Outcome outcome = ended(dispatcher.dispatch(request(delivery, attempt)));
        return rule.of(outcome, attempt.number());
    }

    private boolean isTooOld(Delivery delivery) {
        return config.maxAge().isPresent()
                && delivery.published().plus(config.maxAge().get()).isBefore(clock.instant());
    }

    private InvocationRequest request(Delivery delivery, Attempt attempt) {
        return new InvocationRequest(
                dispatcher.newInvocationId(),
                config.target(),
                config.name(),
                NatsEvents.lineage(delivery.message(), delivery.origin())
                        .attempt(attempt.number(), attempt.release()),
                new NatsInput(delivery.message(), arrival(delivery)));
    }

    private NatsEvents.Arrival arrival(Delivery delivery) {
        return NatsEvents.Arrival.of(config.stream(), delivery.sequence(), delivery.published());
    }

    /** Nobody reads an event's answer: a streamed one is written to nowhere. */
    private static Outcome ended(Outcome outcome) {
        return outcome instanceof Outcome.Streaming streaming
                ? streaming.body().writeTo(OutputStream.nullOutputStream())
                : outcome;
    }

    private void apply(Delivery delivery, Attempt attempt, Disposition disposition)
            throws IOException, JetStreamApiException {
        switch (disposition) {
            case Disposition.Ack _ -> {
                delivery.ack();
                forget(delivery, attempt);
                counts.succeeded();
            }
            case Disposition.Retry(Duration pause, boolean attempted) -> {
                remember(delivery, attempt, attempted);
                delivery.nak(pause);
                counts.retried(attempted);
            }
            case Disposition.Bury bury -> {
                var _ =
                        ledger.deadLetters()
                                .put(
                                        letter(delivery, attempt, bury),
                                        config.durable() + ":" + delivery.origin());
                delivery.term();
                forget(delivery, attempt);
                counts.buried();
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0}: event {1} is a dead letter ({2}) after {3} attempts: {4}",
                        config.target().function(),
                        delivery.origin(),
                        bury.reason(),
                        attempt.number(),
                        bury.message());
            }
        }
    }

    private void remember(Delivery delivery, Attempt attempt, boolean attempted)
            throws IOException, JetStreamApiException {
        EventMemory.Note before = attempt.note();
        EventMemory.Note after =
                attempted
                        ? new EventMemory.Note(attempt.release(), before.refusals())
                        : new EventMemory.Note(before.release(), before.refusals() + 1);
        if (!after.equals(before)) {
            ledger.memory().remember(config.durable(), delivery.sequence(), after);
        }
    }

    private void forget(Delivery delivery, Attempt attempt)
            throws IOException, JetStreamApiException {
        if (!attempt.note().equals(EventMemory.Note.NONE)) {
            ledger.memory().forget(config.durable(), delivery.sequence());
        }
    }

    private DeadLetter letter(Delivery delivery, Attempt attempt, Disposition.Bury bury) {
        return new DeadLetter(
                config.target().function(),
                config.name(),
                bury.reason(),
                bury.code(),
                bury.message(),
                bury.cause(),
                attempt.number(),
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
