package dev.treadle.trigger.nats;

import dev.treadle.Response;
import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Lineage;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.StoredRequest;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Takes one stored request from its delivery to its answer: the record of its call, the run, and
 * only when what became of it is stored, the acknowledgement. Safe for threads.
 */
final class AsyncRun implements DeliveryRun {
    private static final System.Logger LOG = System.getLogger(AsyncTrigger.class.getName());

    /** When the record cannot be written, nothing is lost: the request stays in its stream. */
    private static final Duration TROUBLE_PAUSE = Duration.ofSeconds(2);

    /** Each try but the last met a record that was just changing. */
    private static final int TRIES_MAX = 10;

    /** Spreads calls over a weighted alias. */
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final CallStore store;
    private final AsyncFunctions functions;
    private final Announcer announcer;
    private final RunningCalls running;
    private final EventCounts counts;
    private final RandomGenerator random;
    private final InstantSource clock;

    AsyncRun(
            CallStore store,
            AsyncFunctions functions,
            Announcer announcer,
            RunningCalls running,
            EventCounts counts,
            RandomGenerator random,
            InstantSource clock) {
        this.store = store;
        this.functions = functions;
        this.announcer = announcer;
        this.running = running;
        this.counts = counts;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public boolean isFiltered(Delivery delivery) {
        return false;
    }

    @Override
    public void run(Delivery delivery) {
        StoredRequest request;
        try {
            request = StoredRequests.read(delivery.message());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "what is no stored request is removed", e);
            delivery.term();
            return;
        }
        RunningCalls.Place place = running.open(request.id());
        try {
            run(delivery, request, place);
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "%s: the call %s is given back: its record cannot be kept"
                            .formatted(request.target().function(), request.id()),
                    e);
            delivery.nak(TROUBLE_PAUSE);
        } finally {
            running.close(request.id());
        }
    }

    @Override
    public void handBack(Delivery delivery) {
        delivery.handBack();
    }

    @Override
    public Runner runner(Threads threads, Runner.Left left) {
        return new SideBySide(AsyncTrigger.NAME, this, threads, left);
    }

    /**
     * One attempt.
     *
     * @param entry the record as it stands
     */
    private record Attempt(
            Delivery delivery, StoredRequest request, AsyncRule rule, CallRecords.Entry entry) {
        CallRecord record() {
            return entry.record();
        }

        int number() {
            return record().call().attempts();
        }
    }

    private void run(Delivery delivery, StoredRequest request, RunningCalls.Place place)
            throws IOException, JetStreamApiException {
        long room = store.line().bodyBytesMax();
        AsyncRule rule = functions.rules().rule(request.target().function(), request.route());
        CallRecords.Entry begun = begin(delivery, request);
        if (begun.record().call().state().hasEnded()) {
            // it was cancelled, or what came after its end got lost
            announcer.announce(request, begun.record(), rule.destinations(), room);
            delivery.ack();
            return;
        }
        Attempt attempt = new Attempt(delivery, request, rule, begun);
        Optional<Outcome> outcome = obituary(attempt).or(() -> dispatch(attempt, place, room));
        if (outcome.isEmpty()) {
            delivery.ack();
        } else {
            end(attempt, outcome.get(), room);
        }
    }

    /** Notes that an attempt begins, unless the call has ended: then what it ended with. */
    private CallRecords.Entry begin(Delivery delivery, StoredRequest request)
            throws IOException, JetStreamApiException {
        CallRecords records = store.line().records();
        boolean first = delivery.deliveries() == 1;
        for (int i = 0; i < TRIES_MAX; i++) {
            Optional<CallRecords.Entry> known =
                    first && i == 0 ? Optional.empty() : records.get(request.id());
            if (known.isPresent() && known.get().record().call().state().hasEnded()) {
                return known.get();
            }
            CallRecord before =
                    known.map(CallRecords.Entry::record)
                            .orElseGet(() -> CallRecord.queued(request));
            CallRecord after = running(before, request);
            Optional<CallRecords.Entry> begun =
                    known.isPresent() ? records.change(known.get(), after) : records.create(after);
            if (begun.isPresent()) {
                return begun.get();
            }
        }
        throw new IOException("the record changes all the time");
    }

    private CallRecord running(CallRecord before, StoredRequest request) {
        OptionalInt release =
                before.release().isPresent()
                        ? before.release()
                        : functions.releases().choose(request.target(), chance(request.id()));
        return before.running(release, clock.instant());
    }

    /** The same for one call at each attempt. */
    private static long chance(String id) {
        return (id.hashCode() * MIX) >>> 1;
    }

    /** Why the call is given up without a run. */
    private Optional<Outcome> obituary(Attempt attempt) {
        if (attempt.request().accepted().plus(CallStream.KEPT).isBefore(clock.instant())) {
            return Optional.of(givenUp(ErrorCode.FUNCTION_TIMEOUT, "it has waited for 7 days"));
        }
        if (attempt.number() > attempt.rule().retry().attempts()) {
            return Optional.of(
                    givenUp(
                            ErrorCode.INTERNAL,
                            "begun %d times without an answer; the nodes may have died of it"
                                    .formatted(attempt.number() - 1)));
        }
        return Optional.empty();
    }

    private static Outcome givenUp(ErrorCode code, String message) {
        return new Outcome.Failed(code, code.status(), message, true, Duration.ZERO);
    }

    /** Runs the function; empty when it was cancelled just before. */
    private Optional<Outcome> dispatch(Attempt attempt, RunningCalls.Place place, long room) {
        StoredRequest request = attempt.request();
        InvocationRequest invocation =
                new InvocationRequest(
                        request.id(),
                        request.target(),
                        AsyncTrigger.NAME,
                        Lineage.first(request.id(), request.trace())
                                .hops(request.hops())
                                .attempt(attempt.number(), attempt.record().release()),
                        functions.inputs().apply(request));
        if (!place.enter()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new CollectedAnswer(room).of(functions.dispatcher().dispatch(invocation)));
        } finally {
            place.leave();
        }
    }

    private void end(Attempt attempt, Outcome outcome, long room)
            throws IOException, JetStreamApiException {
        Delivery delivery = attempt.delivery();
        Disposition disposition =
                new DispositionRule(attempt.rule().retry(), random).of(outcome, attempt.number());
        switch (disposition) {
            case Disposition.Ack _ -> {
                change(
                        attempt,
                        attempt.record()
                                .succeeded(
                                        answer(outcome), clock.instant(), attempt.rule().results()),
                        room);
                delivery.ack();
                counts.succeeded();
            }
            case Disposition.Retry(Duration pause, boolean attempted) -> {
                if (change(
                        attempt,
                        attempt.record()
                                .waiting(
                                        OutcomeEvents.failure(outcome),
                                        attempted,
                                        clock.instant()))) {
                    delivery.nak(pause);
                    counts.retried(attempted);
                } else {
                    delivery.ack();
                }
            }
            case Disposition.Bury bury -> {
                giveUp(attempt, OutcomeEvents.failure(outcome), bury, room);
                delivery.term();
            }
        }
    }

    /** Notes an end, and tells of it; a cancellation that was faster stands. */
    private void change(Attempt attempt, CallRecord end, long room)
            throws IOException, JetStreamApiException {
        if (change(attempt, end)) {
            announcer.announce(attempt.request(), end, attempt.rule().destinations(), room);
        }
    }

    /** Whether it stands; a change that comes too late has been overtaken by a cancellation. */
    private boolean change(Attempt attempt, CallRecord after)
            throws IOException, JetStreamApiException {
        return store.line().records().change(attempt.entry(), after).isPresent();
    }

    private static Response answer(Outcome outcome) {
        return outcome instanceof Outcome.Succeeded(Response response)
                ? response
                : Response.status(204);
    }

    /** What is the caller's own fault is the caller's to hear of, and nobody else's. */
    private void giveUp(
            Attempt attempt, AsyncCall.Failure failure, Disposition.Bury bury, long room)
            throws IOException, JetStreamApiException {
        boolean cancelled =
                store.line()
                        .records()
                        .get(attempt.request().id())
                        .filter(now -> now.revision() == attempt.entry().revision())
                        .isEmpty();
        if (!cancelled && failure.code().owner() != ErrorCode.Owner.CALLER) {
            var _ =
                    store.deadLetters()
                            .keep(
                                    letter(attempt, bury),
                                    CallStream.STREAM + ":" + attempt.delivery().origin());
        }
        change(
                attempt,
                attempt.record().failed(failure, clock.instant(), attempt.rule().results()),
                room);
        counts.buried();
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}: the call {1} is given up ({2}) after {3} attempts: {4}",
                attempt.request().target().function(),
                attempt.request().id(),
                bury.reason(),
                attempt.number(),
                bury.message());
    }

    private DeadLetter letter(Attempt attempt, Disposition.Bury bury) {
        Delivery delivery = attempt.delivery();
        return new DeadLetter(
                attempt.request().target().function(),
                AsyncTrigger.NAME,
                bury.reason(),
                bury.code(),
                bury.message(),
                bury.cause(),
                attempt.number(),
                attempt.record().release().orElse(0),
                CallStream.STREAM,
                delivery.sequence(),
                delivery.message().getSubject(),
                NatsEvents.headers(delivery.message()),
                delivery.published(),
                clock.instant(),
                false,
                NatsEvents.data(delivery.message()));
    }
}
