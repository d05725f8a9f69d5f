package dev.treadle.testing;

import dev.treadle.CallFailed;
import dev.treadle.Json;
import dev.treadle.Reply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls of other functions that one call makes. Safe for threads. */
final class TestCalls {
    private final Settings settings;
    private final TestInvocation invocation;
    private final String origin;
    private final int depth;
    private final Json json;
    private final AtomicInteger calls = new AtomicInteger();

    TestCalls(Settings settings, TestInvocation invocation, String origin, int depth, Json json) {
        this.settings = settings;
        this.invocation = invocation;
        this.origin = origin;
        this.depth = depth;
        this.json = json;
    }

    Reply call(String function, Object payload) {
        int at = function.indexOf('@');
        String name = at < 0 ? function : function.substring(0, at);
        TestFunction called = settings.calls.get(name);
        if (called == null) {
            throw failed(
                    function,
                    Failure.Code.CALL_NOT_DECLARED,
                    403,
                    "%s may not call %s: list it under `calls` in function.yaml; in a test, say calls(\"%s\", …)"
                            .formatted(settings.name, name, name));
        }
        if (depth >= Chain.DEPTH_MAX) {
            throw failed(
                    function,
                    Failure.Code.CALL_LOOP,
                    508,
                    "%d functions wait for each other before %s, and %d are allowed: they seem to call each other in a circle"
                            .formatted(depth + 1, function, Chain.DEPTH_MAX));
        }
        return called.called(
                function,
                payload,
                new Chain(
                        settings.name,
                        "%s/%s.%d".formatted(origin, settings.name, calls.incrementAndGet()),
                        invocation.attempt(),
                        depth + 1,
                        invocation.deadline(),
                        invocation.traceparent(),
                        invocation.tracestate(),
                        json));
    }

    private static CallFailed failed(
            String function, Failure.Code code, int status, String detail) {
        return new CallFailed(function, code.id, code.owner, status, detail, true, Duration.ZERO);
    }
}
