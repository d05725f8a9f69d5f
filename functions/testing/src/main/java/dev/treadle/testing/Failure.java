package dev.treadle.testing;

import dev.treadle.BadRequest;
import dev.treadle.BindingFailed;
import dev.treadle.CallFailed;
import dev.treadle.HttpError;
import dev.treadle.Permanent;
import dev.treadle.RetryAfter;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node makes of an exception that a function threw.
 *
 * @param detail for the caller
 * @param pause how long to wait before another try; zero when nobody asked for a pause
 */
record Failure(Code code, int status, String detail, boolean permanent, Duration pause) {
    private static final int CAUSES_MAX = 20;

    static Failure of(Throwable thrown) {
        return switch (thrown) {
            case BadRequest e -> said(Code.BAD_REQUEST, e);
            case HttpError e when e.status() == 413 -> said(Code.PAYLOAD_TOO_LARGE, e);
            case HttpError e when e.status() == 415 -> said(Code.UNSUPPORTED_MEDIA, e);
            case HttpError e when e.status() < 500 -> said(Code.REJECTED, e);
            case HttpError e -> said(Code.FUNCTION_ERROR, e);
            case RetryAfter e ->
                    new Failure(
                            Code.RETRY_LATER,
                            503,
                            "The function asks to be tried again later",
                            false,
                            e.pause());
            case CallFailed e -> call(e);
            case BindingFailed e -> binding(e);
            case Throwable e when isExternal(e) ->
                    new Failure(
                            Code.DEPENDENCY_FAILED,
                            502,
                            "Something the function depends on did not answer",
                            false,
                            Duration.ZERO);
            default -> itself(thrown instanceof Permanent, Duration.ZERO);
        };
    }

    private static Failure said(Code code, HttpError e) {
        int status = e.status();
        boolean permanent = status < 500 && status != 408 && status != 429;
        String detail = Objects.requireNonNullElse(e.getMessage(), "no message");
        return new Failure(code, status, detail, permanent, Duration.ZERO);
    }

    /** A wrong call is the caller's own failure; any other has the code of what it called. */
    private static Failure call(CallFailed e) {
        Optional<Code> code =
                Arrays.stream(Code.values()).filter(each -> each.id.equals(e.code())).findFirst();
        return e.owner() == CallFailed.Owner.CALLER || code.isEmpty()
                ? itself(e.permanent(), e.pause())
                : new Failure(code.get(), e.status(), e.detail(), e.permanent(), e.pause());
    }

    private static Failure itself(boolean permanent, Duration pause) {
        return new Failure(
                Code.FUNCTION_ERROR,
                500,
                "The function failed; its log has the details under this invocation's id",
                permanent,
                pause);
    }

    private static Failure binding(BindingFailed e) {
        Code code =
                switch (e.reason()) {
                    case UNAVAILABLE -> Code.BINDING_UNAVAILABLE;
                    case FAILED -> Code.BINDING_FAILED;
                    case BUSY -> Code.BINDING_BUSY;
                };
        String detail = code.title + ": " + e.binding();
        return new Failure(code, e.reason().status(), detail, false, Duration.ZERO);
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

    /** The node's codes that a function can cause, by itself or by calls. */
    enum Code {
        BAD_REQUEST("TR-1001", CallFailed.Owner.CALLER, "The request cannot be handled as it is"),
        PAYLOAD_TOO_LARGE(
                "TR-1004",
                CallFailed.Owner.CALLER,
                "The payload is larger than the function allows"),
        UNSUPPORTED_MEDIA(
                "TR-1005",
                CallFailed.Owner.CALLER,
                "The payload's type or encoding is not understood"),
        REJECTED("TR-1007", CallFailed.Owner.CALLER, "The function turned the request down"),
        CALL_NOT_DECLARED(
                "TR-1015",
                CallFailed.Owner.CALLER,
                "The manifest does not say that it calls this function"),
        FUNCTION_ERROR("TR-2001", CallFailed.Owner.FUNCTION, "The function failed"),
        FUNCTION_TIMEOUT("TR-2002", CallFailed.Owner.FUNCTION, "The function did not end in time"),
        RETRY_LATER(
                "TR-2007", CallFailed.Owner.FUNCTION, "The function asks to be tried again later"),
        FUNCTION_BUSY(
                "TR-3001", CallFailed.Owner.CAPACITY, "The function has all the calls it allows"),
        QUEUE_TIMEOUT(
                "TR-3002",
                CallFailed.Owner.CAPACITY,
                "The call waited for its turn until its deadline"),
        BINDING_BUSY("TR-3005", CallFailed.Owner.CAPACITY, "A binding has all the calls it allows"),
        DEPENDENCY_FAILED(
                "TR-5001", CallFailed.Owner.EXTERNAL, "Something the function depends on failed"),
        CALL_LOOP("TR-5003", CallFailed.Owner.EXTERNAL, "Functions call each other too deep"),
        BINDING_UNAVAILABLE(
                "TR-5004", CallFailed.Owner.EXTERNAL, "What is behind a binding cannot be reached"),
        BINDING_FAILED("TR-5005", CallFailed.Owner.EXTERNAL, "What is behind a binding failed");

        final String id;
        final CallFailed.Owner owner;
        final String title;

        Code(String id, CallFailed.Owner owner, String title) {
            this.id = id;
            this.owner = owner;
            this.title = title;
        }
    }
}
