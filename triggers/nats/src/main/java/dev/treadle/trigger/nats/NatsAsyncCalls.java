package dev.treadle.trigger.nats;

import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.AsyncCalls;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.StoredRequest;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps calls in JetStream: what it has taken in runs on whatever node is there. */
final class NatsAsyncCalls implements AsyncCalls {
    /** What tells nodes to interrupt a call; its data is the id. */
    static final String CANCEL_SUBJECT = "treadle.cancel";

    private static final int TRIES_MAX = 10;

    private final CallIds ids;
    private final CallStore store;
    private final AsyncRules rules;
    private final Served served;
    private final CallbackHosts callbacks;
    private final InstantSource clock;

    /** Makes sure that a function's requests are looked after. */
    @FunctionalInterface
    interface Served {
        /** The consumer of the function's requests is there when this returns. */
        void ensure(String function) throws IOException, JetStreamApiException;
    }

    NatsAsyncCalls(
            CallIds ids,
            CallStore store,
            AsyncRules rules,
            Served served,
            CallbackHosts callbacks,
            InstantSource clock) {
        this.ids = ids;
        this.store = store;
        this.rules = rules;
        this.served = served;
        this.callbacks = callbacks;
        this.clock = clock;
    }

    @Override
    public String newId() {
        return ids.next();
    }

    @Override
    public Room admit(Target target, Optional<String> callback) {
        OptionalLong limit = rules.payloadBytesMax(target);
        if (limit.isEmpty()) {
            throw new Rejected(
                    ErrorCode.NO_FUNCTION,
                    "there is no function '%s', or it has no alias or release '%s'"
                            .formatted(target.function(), target.reference()));
        }
        callback.ifPresent(this::checkCallback);
        long room = asked(() -> store.line().bodyBytesMax());
        return limit.getAsLong() <= room
                ? new Room(limit.getAsLong(), "the function's limits.payload")
                : new Room(room, "what NATS stores in one message (its max_payload)");
    }

    private void checkCallback(String url) {
        try {
            var _ = callbacks.parse(url);
        } catch (IllegalArgumentException e) {
            throw new Rejected(
                    ErrorCode.BAD_REQUEST,
                    "the end cannot be posted to what Treadle-Callback names: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void store(StoredRequest request) {
        var _ =
                asked(
                        () -> {
                            CallStore.Line line = store.line();
                            served.ensure(request.target().function());
                            line.stream().put(request);
                            return request.id();
                        });
    }

    @Override
    public Optional<AsyncCall> find(String id) {
        return CallIds.isLegal(id)
                ? asked(() -> entry(store.line(), id).map(Found::call))
                : Optional.empty();
    }

    /**
     * A call as it was found.
     *
     * @param entry empty before its first attempt
     */
    private record Found(AsyncCall call, Optional<CallRecords.Entry> entry) {}

    /** The record; before there is one, what can be told from the request. */
    private static Optional<Found> entry(CallStore.Line line, String id)
            throws IOException, JetStreamApiException {
        Optional<CallRecords.Entry> record = line.records().get(id);
        if (record.isPresent()) {
            return Optional.of(new Found(record.get().record().call(), record));
        }
        Optional<CallStream.Queued> queued = line.stream().find(id);
        if (queued.isEmpty()) {
            // its first attempt may have begun and ended just between the two questions
            return line.records().get(id).map(it -> new Found(it.record().call(), Optional.of(it)));
        }
        return Optional.of(
                new Found(CallRecord.queued(queued.get().request()).call(), Optional.empty()));
    }

    @Override
    public Optional<AsyncCall> cancel(String id) {
        return CallIds.isLegal(id) ? asked(() -> cancel(store.line(), id)) : Optional.empty();
    }

    /** Each try but the last met a call that was just changing. */
    private Optional<AsyncCall> cancel(CallStore.Line line, String id)
            throws IOException, JetStreamApiException {
        for (int i = 0; i < TRIES_MAX; i++) {
            Optional<Found> found = entry(line, id);
            if (found.isEmpty() || found.get().call().state().hasEnded()) {
                return found.map(Found::call);
            }
            Optional<CallRecords.Entry> cancelled = cancel(line, found.get());
            if (cancelled.isPresent()) {
                line.connection().publish(CANCEL_SUBJECT, id.getBytes(StandardCharsets.US_ASCII));
                removeQueued(line, found.get().call());
                return cancelled.map(it -> it.record().call());
            }
        }
        throw new Rejected(ErrorCode.INTERNAL, "the call changes faster than it can be cancelled");
    }

    private Optional<CallRecords.Entry> cancel(CallStore.Line line, Found found)
            throws IOException, JetStreamApiException {
        CallRecord before =
                found.entry()
                        .map(CallRecords.Entry::record)
                        .orElseGet(
                                () -> new CallRecord(found.call(), java.util.OptionalInt.empty()));
        CallRecord after =
                before.cancelled(
                        clock.instant(), rules.rule(found.call().function(), "http").results());
        return found.entry().isPresent()
                ? line.records().change(found.entry().get(), after)
                : line.records().create(after);
    }

    /** Of one that runs, the node that runs it answers for the request. */
    private static void removeQueued(CallStore.Line line, AsyncCall call)
            throws IOException, JetStreamApiException {
        if (call.state() == AsyncCall.State.QUEUED) {
            Optional<CallStream.Queued> queued = line.stream().find(call.id());
            if (queued.isPresent()) {
                line.stream().remove(queued.get().sequence());
            }
        }
    }

    private interface Question<T> {
        T ask() throws IOException, JetStreamApiException;
    }

    private <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (NatsUnavailable e) {
            throw new Rejected(
                    ErrorCode.NATS_UNAVAILABLE,
                    "an asynchronous call needs NATS, which is not available: " + e.getMessage(),
                    e);
        } catch (JetStreamApiException e) {
            store.forget();
            throw new Rejected(
                    ErrorCode.NATS_UNAVAILABLE,
                    "NATS does not keep the asynchronous call: " + e.getErrorDescription(),
                    e);
        } catch (IOException | IllegalStateException e) {
            store.forget();
            throw new Rejected(
                    ErrorCode.NATS_UNAVAILABLE,
                    "NATS has not confirmed the asynchronous call: " + e.getMessage(),
                    e);
        }
    }
}
