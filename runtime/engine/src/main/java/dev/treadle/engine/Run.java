package dev.treadle.engine;

import dev.treadle.HttpError;
import dev.treadle.Log;
import dev.treadle.Response;
import dev.treadle.RetryAfter;
import dev.treadle.StreamBody;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.SseWriter;
import java.time.Duration;

/** One call that has passed its gate: runs the handler and ends the call, whatever happens. */
final class Run {
    private final Running call;
    private final FunctionInstance instance;
    private final ReleaseSlot slot;
    private final Ending ending;

    Run(Running call, ReleaseSlot slot) {
        this.call = call;
        this.instance = call.instance;
        this.slot = slot;
        this.ending = new Ending(slot);
    }

    Outcome run() {
        call.startedNanos = System.nanoTime();
        instance.deadlines().add(call);
        if (call.request.patience().isPresent()) {
            instance.impatient().add(call);
        }
        ThreadState thread = ThreadState.enter(instance.loader());
        Response response;
        try {
            response = ScopedValue.where(CurrentCall.VALUE, call).call(this::invoke);
        } catch (Throwable failure) {
            thread.leave();
            return fail(failure);
        }
        thread.leave();
        return switch (response.body()) {
            case Response.Body.Stream stream -> stream(response, stream.writer());
            case Response.Body.Sse sse ->
                    stream(response, out -> sse.writer().send(new SseWriter(out)));
            case Response.Body.Bytes _, Response.Body.Json _ -> succeed(response);
        };
    }

    /**
     * A value is written as JSON while the function's time runs, and may fail as the function may.
     */
    private Response invoke() throws Exception {
        Response response = instance.call(call);
        return response.body() instanceof Response.Body.Json json
                ? response.body(write(json.value()))
                : response;
    }

    private byte[] write(Object value) {
        try {
            return instance.json().write(value);
        } catch (RuntimeException e) {
            throw new UnwritableResult(value.getClass(), e);
        }
    }

    private Outcome stream(Response head, StreamBody writer) {
        instance.deadlines().remove(call);
        call.extend(instance.limits().stream());
        return new Outcome.Streaming(head, new StreamedBody(this, call, head, writer));
    }

    /** Ends the call well, unless its deadline was faster. */
    Outcome succeed(Response response) {
        unwatch();
        if (!call.end()) {
            return expire();
        }
        ending.succeeded(call, response.status(), System.nanoTime());
        leave();
        return new Outcome.Succeeded(response);
    }

    /** Ends the call badly. */
    Outcome fail(Throwable failure) {
        unwatch();
        if (!call.end()) {
            return expire();
        }
        Outcome.Failed outcome = Failures.outcome(failure);
        ending.failed(call, outcome, failure, System.nanoTime());
        if (!(failure instanceof HttpError) && !(failure instanceof RetryAfter)) {
            log(outcome.code(), failure);
        }
        leave();
        return outcome;
    }

    private void unwatch() {
        instance.deadlines().remove(call);
        if (call.request.patience().isPresent()) {
            instance.impatient().remove(call);
        }
    }

    private void log(ErrorCode code, Throwable failure) {
        instance.log()
                .write(Log.Level.ERROR, code.id() + " " + FunctionLog.stackTrace(failure), call);
    }

    private Outcome expire() {
        Duration timeout = call.allowed();
        ending.expired(call, timeout, System.nanoTime());
        instance.log()
                .write(
                        Log.Level.ERROR,
                        "%s stopped at its limit of %d ms"
                                .formatted(ErrorCode.FUNCTION_TIMEOUT.id(), timeout.toMillis()),
                        call);
        leave();
        return new Outcome.Expired(timeout);
    }

    private void leave() {
        instance.endLines(call);
        slot.left(instance, instance.gate().leave());
    }
}
