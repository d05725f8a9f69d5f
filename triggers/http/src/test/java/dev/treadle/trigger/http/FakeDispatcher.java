package dev.treadle.trigger.http;

import dev.treadle.Event;
import dev.treadle.HttpError;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.SseWriter;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** Runs lambdas by function name, the way the engine does, without its guards. */
final class FakeDispatcher implements Dispatcher {
    static final long PAYLOAD_BYTES_MAX = 64 * 1024;

    final List<InvocationRequest> seen = new CopyOnWriteArrayList<>();
    private final Map<String, Function> functions = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    /** What a function does with its payload. */
    interface Function {
        Outcome run(InvocationRequest request) throws Exception;
    }

    /** Answers a request. */
    interface Http {
        Response answer(Request request) throws Exception;
    }

    /** Answers an event. */
    interface Events {
        Response answer(Event event) throws Exception;
    }

    FakeDispatcher function(String name, Function function) {
        functions.put(name, function);
        return this;
    }

    FakeDispatcher http(String name, Http http) {
        return function(
                name,
                call -> outcome(http.answer(call.input().asRequest(JSON, PAYLOAD_BYTES_MAX))));
    }

    FakeDispatcher event(String name, Events events) {
        return function(
                name,
                call -> outcome(events.answer(call.input().asEvent(JSON, PAYLOAD_BYTES_MAX))));
    }

    @Override
    public Outcome dispatch(InvocationRequest request) {
        seen.add(request);
        return guarded(
                () ->
                        Objects.requireNonNull(functions.get(request.target().function()))
                                .run(request));
    }

    @Override
    public String newInvocationId() {
        return "01INVOCATION%014d".formatted(ids.incrementAndGet());
    }

    private static Outcome outcome(Response answer) {
        return switch (answer.body()) {
            case Response.Body.Bytes _ -> new Outcome.Succeeded(answer);
            case Response.Body.Json(Object value) ->
                    new Outcome.Succeeded(answer.body(JSON.write(value)));
            case Response.Body.Stream(var writer) ->
                    new Outcome.Streaming(answer, new Body(writer::writeTo));
            case Response.Body.Sse(var writer) ->
                    new Outcome.Streaming(answer, new Body(out -> writer.send(new SseWriter(out))));
        };
    }

    private static Outcome guarded(Callable<Outcome> call) {
        try {
            return call.call();
        } catch (HttpError e) {
            ErrorCode code =
                    switch (e.status()) {
                        case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
                        case 415 -> ErrorCode.UNSUPPORTED_MEDIA;
                        default -> ErrorCode.REJECTED;
                    };
            return new Outcome.Failed(
                    code, e.status(), String.valueOf(e.getMessage()), true, Duration.ZERO);
        } catch (Exception e) {
            return new Outcome.Failed(
                    ErrorCode.FUNCTION_ERROR, 500, "the function failed", false, Duration.ZERO);
        }
    }

    /** A body that is written in the function's own way. */
    interface Writing {
        void to(OutputStream out) throws Exception;
    }

    /** A streamed body; how it ended can be looked at. */
    record Body(Writing writing) implements Outcome.Stream {
        @Override
        public Outcome writeTo(OutputStream out) {
            return guarded(
                    () -> {
                        writing.to(out);
                        return new Outcome.Succeeded(Response.ok());
                    });
        }

        @Override
        public void close() {}
    }

    static final Json JSON =
            new Json() {
                private final JsonMapper mapper = JsonMapper.shared();

                @Override
                public <T> T read(byte[] bytes, Type type) {
                    return mapper.readValue(bytes, mapper.constructType(type));
                }

                @Override
                public byte[] write(Object value) {
                    return mapper.writeValueAsBytes(value);
                }
            };
}
