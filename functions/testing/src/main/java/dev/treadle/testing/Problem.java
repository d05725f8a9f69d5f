package dev.treadle.testing;

import dev.treadle.BadRequest;
import dev.treadle.HttpError;
import dev.treadle.Json;
import dev.treadle.Response;
import dev.treadle.RetryAfter;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Turns what a function threw into the answer a node would give (RFC 9457). */
final class Problem {
    private static final int CAUSES_MAX = 20;

    private final Json json;
    private final String invocation;

    Problem(Json json, String invocation) {
        this.json = json;
        this.invocation = invocation;
    }

    Response of(Throwable thrown) {
        return switch (thrown) {
            case BadRequest e -> answer(Code.BAD_REQUEST, e.status(), message(e));
            case HttpError e when e.status() == 413 ->
                    answer(Code.PAYLOAD_TOO_LARGE, 413, message(e));
            case HttpError e when e.status() == 415 ->
                    answer(Code.UNSUPPORTED_MEDIA, 415, message(e));
            case HttpError e when e.status() < 500 -> answer(Code.REJECTED, e.status(), message(e));
            case HttpError e -> answer(Code.FUNCTION_ERROR, e.status(), message(e));
            case RetryAfter e ->
                    answer(Code.RETRY_LATER, 503, "The function asks to be tried again later")
                            .header("Retry-After", Long.toString(wholeSeconds(e)));
            case Throwable e when isExternal(e) ->
                    answer(
                            Code.DEPENDENCY_FAILED,
                            502,
                            "Something the function depends on did not answer");
            default ->
                    answer(
                            Code.FUNCTION_ERROR,
                            500,
                            "The function failed; its log has the details under this invocation's id");
        };
    }

    private Response answer(Code code, int status, String detail) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:treadle:error:" + code.id);
        members.put("title", code.title);
        members.put("status", status);
        members.put("detail", detail);
        members.put("code", code.id);
        members.put("owner", code.owner);
        members.put("invocation", invocation);
        return Response.status(status)
                .contentType("application/problem+json")
                .body(json.write(members));
    }

    private static String message(RuntimeException e) {
        return Objects.requireNonNullElse(e.getMessage(), "no message");
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

    /** Rounded up: a caller that comes back earlier would be sent away again. */
    private static long wholeSeconds(RetryAfter e) {
        return e.pause().plusNanos(999_999_999).toSeconds();
    }

    /** The node's codes that a function can cause by itself. */
    private enum Code {
        BAD_REQUEST("TR-1001", "caller", "The request cannot be handled as it is"),
        PAYLOAD_TOO_LARGE("TR-1004", "caller", "The payload is larger than the function allows"),
        UNSUPPORTED_MEDIA("TR-1005", "caller", "The payload's type or encoding is not understood"),
        REJECTED("TR-1007", "caller", "The function turned the request down"),
        FUNCTION_ERROR("TR-2001", "function", "The function failed"),
        RETRY_LATER("TR-2007", "function", "The function asks to be tried again later"),
        DEPENDENCY_FAILED("TR-5001", "external", "Something the function depends on failed");

        private final String id;
        private final String owner;
        private final String title;

        Code(String id, String owner, String title) {
            this.id = id;
            this.owner = owner;
            this.title = title;
        }
    }
}
