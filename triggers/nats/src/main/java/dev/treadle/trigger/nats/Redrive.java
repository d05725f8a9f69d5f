package dev.treadle.trigger.nats;

import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Input;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Lineage;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.StoredRequest;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Runs dead letters again. One that succeeds is removed; one that fails stays, with its new error
 * and one attempt more. Ids follow from the original event, as in its first attempts. Safe for
 * threads.
 */
public final class Redrive {
    private static final int AT_ONCE = 16;
    private static final int REFUSALS_MAX = 60;

    private final DeadLetterStore store;
    private final Dispatcher dispatcher;
    private final Function<StoredRequest, Input> requests;
    private final InstantSource clock;

    /**
     * @param requests makes what functions take of stored requests
     */
    public Redrive(
            DeadLetterStore store,
            Dispatcher dispatcher,
            Function<StoredRequest, Input> requests,
            InstantSource clock) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.requests = requests;
        this.clock = clock;
    }

    /** A dead letter that has failed again. */
    public record Failure(long id, String message) {}

    /**
     * Runs dead letters; returns when all have ended.
     *
     * @param target the alias or release that runs them
     * @param perSecond how many begin in a second at most; zero for no limit
     * @return those that failed
     */
    public List<Failure> run(List<DeadLetter.Stored> letters, Target target, int perSecond) {
        List<Failure> failures = Collections.synchronizedList(new ArrayList<>());
        Semaphore places = new Semaphore(AT_ONCE);
        long gap = perSecond == 0 ? 0 : Duration.ofSeconds(1).toNanos() / perSecond;
        long next = System.nanoTime();
        try (ExecutorService runs =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("redrive-", 0).factory())) {
            for (DeadLetter.Stored letter : letters) {
                while (System.nanoTime() < next) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
                next += gap;
                places.acquireUninterruptibly();
                runs.execute(
                        () -> {
                            try {
                                run(letter, target).ifPresent(failures::add);
                            } finally {
                                places.release();
                            }
                        });
            }
        }
        return List.copyOf(failures);
    }

    private Optional<Failure> run(DeadLetter.Stored stored, Target target) {
        try {
            Message message = store.original(stored.letter());
            Outcome outcome = dispatch(stored.letter(), target, message);
            return end(stored, outcome);
        } catch (IOException | JetStreamApiException | NatsUnavailable e) {
            return Optional.of(new Failure(stored.id(), String.valueOf(e.getMessage())));
        }
    }

    /** Waits its turn while the function is busy. */
    private Outcome dispatch(DeadLetter letter, Target target, Message message) {
        for (int refusals = 0; ; refusals++) {
            Outcome outcome = dispatcher.dispatch(request(letter, target, message));
            if (outcome instanceof Outcome.Streaming streaming) {
                return streaming.body().writeTo(OutputStream.nullOutputStream());
            }
            if (!(outcome instanceof Outcome.Refused refused)
                    || refused.code() == ErrorCode.NODE_DRAINING
                    || refusals == REFUSALS_MAX) {
                return outcome;
            }
            LockSupport.parkNanos(refused.pause().toNanos());
        }
    }

    private InvocationRequest request(DeadLetter letter, Target target, Message message) {
        int attempt = letter.attempts() + 1;
        if (letter.stream().equals(CallStream.STREAM)) {
            StoredRequest request = StoredRequests.read(message);
            return new InvocationRequest(
                    dispatcher.newInvocationId(),
                    target,
                    letter.trigger(),
                    Lineage.first(request.id(), request.trace())
                            .hops(request.hops())
                            .attempt(attempt, OptionalInt.empty()),
                    requests.apply(request));
        }
        return new InvocationRequest(
                dispatcher.newInvocationId(),
                target,
                letter.trigger(),
                NatsEvents.lineage(
                                message,
                                Delivery.origin(
                                        letter.stream(), letter.sequence(), letter.published()))
                        .attempt(attempt, OptionalInt.empty()),
                new NatsInput(
                        message,
                        NatsEvents.Arrival.of(
                                letter.stream(), letter.sequence(), letter.published())));
    }

    private Optional<Failure> end(DeadLetter.Stored stored, Outcome outcome)
            throws IOException, JetStreamApiException {
        return switch (outcome) {
            case Outcome.Succeeded _, Outcome.Streaming _ -> {
                var _ = store.remove(stored.id());
                yield Optional.empty();
            }
            case Outcome.Failed failed ->
                    Optional.of(keep(stored, failed.code(), failed.message(), failed.cause()));
            case Outcome.Expired expired ->
                    Optional.of(
                            keep(
                                    stored,
                                    ErrorCode.FUNCTION_TIMEOUT,
                                    "not done within %d ms".formatted(expired.timeout().toMillis()),
                                    Optional.empty()));
            case Outcome.Refused refused ->
                    Optional.of(new Failure(stored.id(), refused.message()));
        };
    }

    /** The new entry is stored before the old one goes. */
    private Failure keep(
            DeadLetter.Stored stored, ErrorCode code, String message, Optional<Outcome.Cause> cause)
            throws IOException, JetStreamApiException {
        DeadLetter again = stored.letter().again(code.id(), message, cause, clock.instant());
        long id = store.keep(again, "redrive:%d:%d".formatted(stored.id(), again.attempts()));
        var _ = store.remove(stored.id());
        return new Failure(id, cause.map(Outcome.Cause::message).orElse(message));
    }
}
