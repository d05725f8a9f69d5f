package dev.treadle.engine;

import dev.treadle.BadRequest;
import dev.treadle.BindingFailed;
import dev.treadle.CallFailed;
import dev.treadle.HttpError;
import dev.treadle.Permanent;
import dev.treadle.PublishFailed;
import dev.treadle.RetryAfter;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** Turns what a handler throws into an outcome: whose fault, which status, whether to try again. */
final class Failures {
    private static final int CAUSES_MAX = 20;

    private Failures() {}

    static Outcome.Failed outcome(Throwable failure) {
        Outcome.Failed outcome = classify(failure);
        return new Outcome.Failed(
                outcome.code(),
                outcome.status(),
                outcome.message(),
                outcome.permanent(),
                outcome.pause(),
                Optional.of(Outcome.Cause.of(failure)));
    }

    private static Outcome.Failed classify(Throwable failure) {
        return switch (failure) {
            case HttpError error -> httpError(error);
            case RetryAfter later ->
                    failed(
                            ErrorCode.RETRY_LATER,
                            "The function asks to be tried again later",
                            false,
                            later.pause());
            case CallFailed call -> callFailed(call);
            case Permanent _ ->
                    failed(ErrorCode.FUNCTION_ERROR, functionFailed(), true, Duration.ZERO);
            case PublishFailed _ ->
                    failed(
                            ErrorCode.DEPENDENCY_FAILED,
                            "An event that the function publishes was not confirmed by a stream",
                            false,
                            Duration.ZERO);
            case BindingFailed binding -> bindingFailed(binding);
            case UnwritableResult _ ->
                    failed(
                            ErrorCode.RESULT_UNWRITABLE,
                            "The function's result cannot be written as JSON; its log says why",
                            true,
                            Duration.ZERO);
            case Throwable other when isExternal(other) ->
                    failed(
                            ErrorCode.DEPENDENCY_FAILED,
                            "Something the function depends on did not answer",
                            false,
                            Duration.ZERO);
            default -> failed(ErrorCode.FUNCTION_ERROR, functionFailed(), false, Duration.ZERO);
        };
    }

    static Outcome.Failed load(LoadFailure failure) {
        return failed(failure.code(), "The function could not be loaded", false, Duration.ZERO);
    }

    private static Outcome.Failed httpError(HttpError error) {
        int status = error.status();
        boolean permanent = status < 500 && status != 408 && status != 429;
        ErrorCode code =
                switch (status) {
                    case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
                    case 415 -> ErrorCode.UNSUPPORTED_MEDIA;
                    default -> {
                        if (error instanceof BadRequest) {
                            yield ErrorCode.BAD_REQUEST;
                        }
                        yield status < 500 ? ErrorCode.REJECTED : ErrorCode.FUNCTION_ERROR;
                    }
                };
        return new Outcome.Failed(
                code, status, String.valueOf(error.getMessage()), permanent, Duration.ZERO);
    }

    /** A wrong call is the caller's own failure; any other has the code of what it called. */
    private static Outcome.Failed callFailed(CallFailed call) {
        Optional<ErrorCode> code = ErrorCode.of(call.code());
        if (call.owner() == CallFailed.Owner.CALLER || code.isEmpty()) {
            return failed(
                    ErrorCode.FUNCTION_ERROR, functionFailed(), call.permanent(), call.pause());
        }
        return new Outcome.Failed(
                code.get(), call.status(), call.detail(), call.permanent(), call.pause());
    }

    /** Callers learn which binding; what is behind it is the function's log's. */
    private static Outcome.Failed bindingFailed(BindingFailed binding) {
        ErrorCode code =
                switch (binding.reason()) {
                    case UNAVAILABLE -> ErrorCode.BINDING_UNAVAILABLE;
                    case FAILED -> ErrorCode.BINDING_FAILED;
                    case BUSY -> ErrorCode.BINDING_BUSY;
                };
        String message = "%s: %s".formatted(code.title(), binding.binding());
        return failed(code, message, false, Duration.ZERO);
    }

    private static String functionFailed() {
        return "The function failed; its log has the details under this invocation's id";
    }

    private static Outcome.Failed failed(
            ErrorCode code, String message, boolean permanent, Duration pause) {
        return new Outcome.Failed(code, code.status(), message, permanent, pause);
    }

    /** Whether the network between the function and something else is at fault. */
    private static boolean isExternal(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
            if (cause instanceof ConnectException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof UnknownHostException
                    || cause instanceof HttpTimeoutException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
