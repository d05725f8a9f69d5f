package dev.treadle.testing;

import dev.treadle.Json;
import dev.treadle.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Turns what a function threw into the answer a node would give (RFC 9457). */
final class Problem {
    private final Json json;
    private final String invocation;

    Problem(Json json, String invocation) {
        this.json = json;
        this.invocation = invocation;
    }

    Response of(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        Response answer = answer(failure);
        boolean again = failure.code() == Failure.Code.RETRY_LATER || failure.pause().isPositive();
        return again
                ? answer.header("Retry-After", Long.toString(wholeSeconds(failure.pause())))
                : answer;
    }

    private Response answer(Failure failure) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:treadle:error:" + failure.code().id);
        members.put("title", failure.code().title);
        members.put("status", failure.status());
        members.put("detail", failure.detail());
        members.put("code", failure.code().id);
        members.put("owner", failure.code().owner.name().toLowerCase(Locale.ROOT));
        members.put("invocation", invocation);
        return Response.status(failure.status())
                .contentType("application/problem+json")
                .body(json.write(members));
    }

    /** Rounded up: a caller that comes back earlier would be sent away again. */
    private static long wholeSeconds(Duration pause) {
        return pause.plusNanos(999_999_999).toSeconds();
    }
}
