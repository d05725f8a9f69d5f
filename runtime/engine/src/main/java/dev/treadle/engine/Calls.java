package dev.treadle.engine;

import dev.treadle.CallFailed;
import dev.treadle.Json;
import dev.treadle.Reply;
import dev.treadle.Response;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Lineage;
import dev.treadle.trigger.Outcome;
import java.time.Duration;
import java.time.InstantSource;

/** Calls that functions make of each other: straight down, on the caller's thread. */
final class Calls {
    private static final String TRIGGER = "call";

    private final Engine engine;
    private final InstantSource clock;

    Calls(Engine engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * Calls a function by its name, and perhaps an alias or release behind an {@code @}.
     *
     * @param json the caller's
     */
    Reply call(Running caller, Json json, String function, Object payload) {
        Target target = target(function);
        requireCallable(caller, function, target);
        Lineage lineage =
                caller.request.lineage().call(caller.function(), caller.nextCall(), caller.place());
        requireNoCircle(function, lineage);
        CallInput input =
                CallInput.of(payload, json, lineage.origin(), caller.function(), clock.instant());
        InvocationRequest request =
                new InvocationRequest(
                        engine.newInvocationId(),
                        target,
                        TRIGGER,
                        lineage,
                        input,
                        caller.request.effects());
        try {
            Outcome outcome = engine.dispatch(request, caller);
            return new Ended(function, request.id(), json, caller.instance.limits().payloadBytes())
                    .reply(outcome);
        } finally {
            caller.interruptAgain();
        }
    }

    private static Target target(String function) {
        int at = function.indexOf('@');
        return at < 0
                ? new Target(function, DeployedFunction.LIVE)
                : new Target(function.substring(0, at), function.substring(at + 1));
    }

    private static void requireCallable(Running caller, String function, Target target) {
        if (caller.hasEnded()) {
            throw new IllegalStateException(
                    "the invocation %s has ended; %s can no longer be called from it"
                            .formatted(caller.id(), function));
        }
        if (!caller.instance.manifest().calls().contains(target.function())) {
            throw failed(
                    function,
                    ErrorCode.CALL_NOT_DECLARED,
                    "%s may not call %s: list it under `calls` in function.yaml"
                            .formatted(caller.function(), target.function()),
                    true);
        }
        if (caller.remaining().isZero()) {
            throw failed(
                    function,
                    ErrorCode.FUNCTION_TIMEOUT,
                    "%s has no time left to call %s".formatted(caller.function(), function),
                    false);
        }
    }

    private static void requireNoCircle(String function, Lineage lineage) {
        if (lineage.depth() > Lineage.DEPTH_MAX) {
            throw failed(
                    function,
                    ErrorCode.CALL_LOOP,
                    "%d functions wait for each other before %s, and %d are allowed: they seem to call each other in a circle"
                            .formatted(lineage.depth(), function, Lineage.DEPTH_MAX),
                    true);
        }
    }

    /**
     * A call that has come back.
     *
     * @param json the caller's
     * @param bytesMax how much of a streamed answer the caller takes
     */
    private record Ended(String function, String invocation, Json json, long bytesMax) {
        Reply reply(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Succeeded(Response response) ->
                        new Reply(response, bytes(response), json);
                case Outcome.Streaming streaming -> collect(streaming);
                case Outcome.Failed failed ->
                        throw new CallFailed(
                                function,
                                failed.code().id(),
                                owner(failed.code()),
                                failed.status(),
                                detail(failed),
                                failed.permanent() && failed.code() != ErrorCode.NO_FUNCTION,
                                failed.pause());
                case Outcome.Expired(Duration timeout) ->
                        throw failed(
                                function,
                                ErrorCode.FUNCTION_TIMEOUT,
                                "%s did not end within %d ms"
                                        .formatted(function, timeout.toMillis()),
                                false);
                case Outcome.Refused refused ->
                        throw new CallFailed(
                                function,
                                refused.code().id(),
                                owner(refused.code()),
                                refused.code().status(),
                                refused.message(),
                                false,
                                refused.pause());
            };
        }

        /**
         * What a function says to its callers stays as it is; of the rest one wants to know who.
         */
        private String detail(Outcome.Failed failed) {
            boolean isSaid =
                    failed.code().owner() == ErrorCode.Owner.CALLER
                            || failed.code() == ErrorCode.CALL_LOOP;
            return isSaid
                    ? failed.message()
                    : "%s (invocation %s): %s".formatted(function, invocation, failed.message());
        }

        private Reply collect(Outcome.Streaming streaming) {
            Collected out = new Collected(bytesMax);
            Outcome end = streaming.body().writeTo(out);
            if (out.overflowed()) {
                throw failed(
                        function,
                        ErrorCode.PAYLOAD_TOO_LARGE,
                        "the streamed answer of %s is larger than its caller's limits.payload, %d bytes"
                                .formatted(function, bytesMax),
                        true);
            }
            return end instanceof Outcome.Succeeded
                    ? new Reply(streaming.head(), out.toByteArray(), json)
                    : reply(end);
        }
    }

    private static byte[] bytes(Response response) {
        return response.body() instanceof Response.Body.Bytes(byte[] bytes) ? bytes : new byte[0];
    }

    private static CallFailed failed(
            String function, ErrorCode code, String message, boolean permanent) {
        return new CallFailed(
                function, code.id(), owner(code), code.status(), message, permanent, Duration.ZERO);
    }

    private static CallFailed.Owner owner(ErrorCode code) {
        return switch (code.owner()) {
            case CALLER -> CallFailed.Owner.CALLER;
            case FUNCTION -> CallFailed.Owner.FUNCTION;
            case CAPACITY -> CallFailed.Owner.CAPACITY;
            case PLATFORM -> CallFailed.Owner.PLATFORM;
            case EXTERNAL -> CallFailed.Owner.EXTERNAL;
        };
    }
}
