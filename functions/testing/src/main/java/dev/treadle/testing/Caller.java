package dev.treadle.testing;

import dev.treadle.Batch;
import dev.treadle.BatchFunction;
import dev.treadle.CallFailed;
import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;
import dev.treadle.Handler;
import dev.treadle.HttpFunction;
import dev.treadle.Reply;
import dev.treadle.Response;
import dev.treadle.TypedFunction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls a started function and turns what comes of it into what a caller would see. */
final class Caller {
    private final Handler handler;
    private final Settings settings;
    private final TestLog log;
    private final JacksonJson json;
    private final Consumer<Published> publisher;
    private int calls;

    Caller(
            Handler handler,
            Settings settings,
            TestLog log,
            JacksonJson json,
            Consumer<Published> publisher) {
        this.handler = handler;
        this.settings = settings;
        this.log = log;
        this.json = json;
        this.publisher = publisher;
    }

    TestResponse http(TestRequest sent) {
        MemoryRequest request =
                new MemoryRequest(sent, pathParams(sent), settings.payloadBytesMax, json);
        if (!(handler instanceof HttpFunction || handler instanceof TypedFunction<?, ?>)) {
            throw wrongKind("does not answer requests");
        }
        TestInvocation invocation =
                next(
                        "http",
                        sent.attempt(),
                        sent.deadline(),
                        request.header("traceparent"),
                        request.header("tracestate"));
        Collector collector = new Collector(json, invocation.id());
        try {
            return collector.collect(answer(request, context(invocation, invocation.id(), 0)));
        } catch (Exception e) {
            return collector.fail(e);
        }
    }

    EventResult event(Event event, int attempt) {
        if (handler instanceof BatchFunction) {
            return batch(List.of(event), attempt).getFirst();
        }
        if (!(handler instanceof EventFunction || handler instanceof TypedFunction<?, ?>)) {
            throw wrongKind("does not handle events");
        }
        TestInvocation invocation = next(event, attempt);
        try {
            deliver(event, context(invocation, event.id(), 0));
            return new EventResult.Done();
        } catch (Exception e) {
            return verdict(e);
        }
    }

    /** Runs a call of another function. */
    Reply called(String function, Object payload, Chain chain) {
        Instant own = settings.clock.instant().plus(settings.timeout);
        TestInvocation invocation =
                next(
                        "call",
                        chain.attempt(),
                        Optional.of(own.isBefore(chain.deadline()) ? own : chain.deadline()),
                        Optional.of(chain.traceparent()),
                        chain.tracestate());
        try {
            Response answer =
                    answer(
                            CallPayload.of(payload, chain.json()),
                            chain,
                            context(invocation, chain.origin(), chain.depth()));
            byte[] body = new Collector(json, invocation.id()).bytes(answer);
            return new Reply(answer, body, chain.json());
        } catch (CallFailed e) {
            throw handler instanceof TypedAs<?, ?> ? e : failed(function, e);
        } catch (Exception e) {
            throw failed(function, e);
        }
    }

    private static CallFailed failed(String function, Exception thrown) {
        Failure failure = Failure.of(thrown);
        CallFailed failed =
                new CallFailed(
                        function,
                        failure.code().id,
                        failure.code().owner,
                        failure.status(),
                        failure.detail(),
                        failure.permanent(),
                        failure.pause());
        failed.initCause(thrown); // on a node it is in the called function's log
        return failed;
    }

    private Response answer(CallPayload payload, Chain chain, Context context) throws Exception {
        if (payload.body().length > settings.payloadBytesMax) {
            throw MemoryRequest.tooLarge(settings.payloadBytesMax);
        }
        return switch (handler) {
            case HttpFunction http -> {
                TestRequest sent = payload.request(json);
                Map<String, String> variables =
                        settings.route.flatMap(route -> route.match(sent.path())).orElse(Map.of());
                yield http.handle(
                        new MemoryRequest(sent, variables, settings.payloadBytesMax, json),
                        context);
            }
            case TypedFunction<?, ?> typed ->
                    TypedPayload.write(call(typed, payload.body(), context));
            case EventFunction events -> {
                events.handle(payload.event(chain, settings.clock.instant(), json), context);
                yield Response.status(204);
            }
            case BatchFunction batches -> {
                Event event = payload.event(chain, settings.clock.instant(), json);
                Batch batch = new Batch(List.of(event));
                batches.handle(batch, context);
                if (!batch.failures().isEmpty()) {
                    throw batch.failures().values().iterator().next();
                }
                yield Response.status(204);
            }
            default -> throw wrongKind("cannot be called");
        };
    }

    List<EventResult> batch(List<Event> events) {
        return batch(events, 1);
    }

    private List<EventResult> batch(List<Event> events, int attempt) {
        if (!(handler instanceof BatchFunction function)) {
            throw wrongKind("does not handle batches");
        }
        Event first = events.getFirst();
        TestInvocation invocation = next(first, attempt);
        Batch batch = new Batch(events);
        try {
            function.handle(batch, context(invocation, first.id(), 0));
        } catch (Exception e) {
            return events.stream().map(event -> verdict(e)).toList();
        }
        Map<Event, Exception> failures = batch.failures();
        return batch.events().stream()
                .map(event -> Optional.ofNullable(failures.get(event)))
                .map(failure -> failure.map(Caller::verdict).orElseGet(EventResult.Done::new))
                .toList();
    }

    private Response answer(MemoryRequest request, Context context) throws Exception {
        return switch (handler) {
            case HttpFunction http -> http.handle(request, context);
            case TypedFunction<?, ?> typed ->
                    TypedPayload.write(call(typed, request.body(), context));
            default -> throw wrongKind("does not answer requests");
        };
    }

    private void deliver(Event event, Context context) throws Exception {
        switch (handler) {
            case EventFunction events -> events.handle(event, context);
            case TypedFunction<?, ?> typed -> call(typed, event.data(), context);
            default -> throw wrongKind("does not handle events");
        }
    }

    @SuppressWarnings("unchecked") // the payload was read into the type that the class declares
    private @Nullable Object call(TypedFunction<?, ?> typed, byte[] payload, Context context)
            throws Exception {
        Object input = TypedPayload.read(payload, json.inputOf(typed), json);
        return ((TypedFunction<@Nullable Object, @Nullable Object>) typed).handle(input, context);
    }

    private IllegalStateException wrongKind(String problem) {
        return new IllegalStateException(handler.getClass().getName() + " " + problem);
    }

    private static EventResult verdict(Exception thrown) {
        Failure failure = Failure.of(thrown);
        return failure.permanent()
                ? new EventResult.DeadLetter(thrown)
                : new EventResult.Retry(failure.pause(), thrown);
    }

    private Map<String, String> pathParams(TestRequest sent) {
        Map<String, String> params = settings.pathParams(sent.path());
        params.putAll(sent.pathParams());
        return params;
    }

    private TestInvocation next(Event event, int attempt) {
        return next(
                "event",
                attempt,
                Optional.empty(),
                event.extension("traceparent"),
                event.extension("tracestate"));
    }

    private TestInvocation next(
            String trigger,
            int attempt,
            Optional<Instant> deadline,
            Optional<String> traceparent,
            Optional<String> tracestate) {
        calls++;
        return new TestInvocation(
                "test-" + calls,
                settings.name,
                settings.release,
                attempt,
                trigger,
                deadline.orElseGet(() -> settings.clock.instant().plus(settings.timeout)),
                settings.clock,
                Traceparent.of(traceparent, calls),
                tracestate);
    }

    private Context context(TestInvocation invocation, String eventSeed, int depth) {
        var callLog = log.of(invocation.id());
        return new TestContext(
                new TestFunctionContext(settings, callLog, json),
                invocation,
                callLog,
                eventSeed,
                publisher,
                new TestCalls(settings, invocation, eventSeed, depth, json),
                settings);
    }
}
