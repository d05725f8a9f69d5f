package dev.treadle.engine;

import dev.treadle.engine.InvocationRecord.Status;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Writes down how invocations of one release end. */
record Ending(ReleaseSlot slot) {

    Outcome loadFailed(
            InvocationRequest request,
            @Nullable Running parent,
            LoadFailure failure,
            long arrivedMillis,
            long arrivedNanos) {
        long loadNanos = System.nanoTime() - arrivedNanos;
        Outcome.Failed outcome = Failures.load(failure);
        slot.meters().ended(Status.FAILED, 0);
        slot.records()
                .add(
                        new InvocationRecord(
                                request.id(),
                                request.target().function(),
                                slot.release().number(),
                                request.target().reference(),
                                request.trigger(),
                                request.lineage().attempt(),
                                Instant.ofEpochMilli(arrivedMillis),
                                Status.FAILED,
                                OptionalInt.of(outcome.status()),
                                Optional.of(failure.code().id()),
                                Optional.ofNullable(failure.getMessage()),
                                0,
                                loadNanos,
                                0,
                                request.lineage().trace().map(trace -> trace.traceId()),
                                Optional.ofNullable(parent).map(Running::id)));
        return outcome;
    }

    Outcome refused(Running call, ErrorCode code, String message, Duration pause) {
        slot.meters().ended(Status.REFUSED, 0);
        call.startedNanos = System.nanoTime();
        record(call, Status.REFUSED, code.status(), code, message, call.startedNanos);
        return new Outcome.Refused(code, message, pause);
    }

    void succeeded(Running call, int httpStatus, long endNanos) {
        slot.meters().ended(Status.SUCCEEDED, endNanos - call.startedNanos);
        FunctionRecords kept = slot.records();
        if (kept.samplesSuccess(endNanos)) {
            kept.add(toRecord(call, Status.SUCCEEDED, httpStatus, null, null, endNanos));
        }
    }

    void failed(Running call, Outcome.Failed outcome, Throwable failure, long endNanos) {
        slot.meters().ended(Status.FAILED, endNanos - call.startedNanos);
        record(call, Status.FAILED, outcome.status(), outcome.code(), failure.toString(), endNanos);
    }

    void expired(Running call, Duration timeout, long endNanos) {
        slot.meters().ended(Status.EXPIRED, endNanos - call.startedNanos);
        record(
                call,
                Status.EXPIRED,
                ErrorCode.FUNCTION_TIMEOUT.status(),
                ErrorCode.FUNCTION_TIMEOUT,
                "not done within %d ms".formatted(timeout.toMillis()),
                endNanos);
    }

    private void record(
            Running call,
            Status status,
            int httpStatus,
            ErrorCode code,
            String error,
            long endNanos) {
        slot.records().add(toRecord(call, status, httpStatus, code, error, endNanos));
    }

    private static InvocationRecord toRecord(
            Running call,
            Status status,
            int httpStatus,
            @Nullable ErrorCode code,
            @Nullable String error,
            long endNanos) {
        return new InvocationRecord(
                call.id(),
                call.function(),
                call.release(),
                call.alias(),
                call.trigger(),
                call.attempt(),
                Instant.ofEpochMilli(call.arrivedMillis),
                status,
                OptionalInt.of(httpStatus),
                Optional.ofNullable(code).map(ErrorCode::id),
                Optional.ofNullable(error),
                call.startedNanos - call.arrivedNanos - call.loadNanos,
                call.loadNanos,
                endNanos - call.startedNanos,
                Optional.ofNullable(call.traceId()),
                Optional.ofNullable(call.parent).map(Running::id));
    }
}
