package dev.treadle.engine;

import dev.treadle.BadRequest;
import dev.treadle.Batch;
import dev.treadle.BatchFunction;
import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;
import dev.treadle.Handler;
import dev.treadle.HttpFunction;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.TypedFunction;
import dev.treadle.trigger.Input;
import dev.treadle.trigger.NamedInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/** A handler of one of the four kinds: converts the payload to what it takes and calls it. */
sealed interface Callee {
    /** Calls the handler; whatever it throws comes through. */
    Response call(Input input, Context context, long payloadBytesMax) throws Exception;

    /** The callee for a handler; empty when it is of no kind that we know. */
    static Optional<Callee> of(Handler handler, JacksonSource json) {
        return switch (handler) {
            case HttpFunction http -> Optional.of(new Http(http));
            case EventFunction event -> Optional.of(new Events(event));
            case BatchFunction batch -> Optional.of(new Batches(batch));
            case TypedFunction<?, ?> typed -> Optional.of(Typed.of(typed, json.get()));
            default -> Optional.empty();
        };
    }

    /** Gives a release's JSON, made when first wanted: a mapper is large. */
    interface JacksonSource {
        JacksonJson get();
    }

    /** An HTTP function. */
    record Http(HttpFunction function) implements Callee {
        @Override
        public Response call(Input input, Context context, long payloadBytesMax) throws Exception {
            return function.handle(request(input, context.json(), payloadBytesMax), context);
        }

        private static Request request(Input input, Json json, long payloadBytesMax) {
            Running called = CurrentCall.get();
            return input instanceof NamedInput named && called != null
                    ? named.asRequest(
                            json,
                            payloadBytesMax,
                            Routes.pathParams(
                                    called.instance.manifest(), named.method(), named.path()))
                    : input.asRequest(json, payloadBytesMax);
        }
    }

    /** An event function. */
    record Events(EventFunction function) implements Callee {
        private static final Response DONE = Response.status(204);

        @Override
        public Response call(Input input, Context context, long payloadBytesMax) throws Exception {
            function.handle(input.asEvent(context.json(), payloadBytesMax), context);
            return DONE;
        }
    }

    /** A batch function. */
    record Batches(BatchFunction function) implements Callee {
        private static final int PARTLY = 207;

        @Override
        public Response call(Input input, Context context, long payloadBytesMax) throws Exception {
            List<Event> events = input.asEvents(context.json(), payloadBytesMax);
            if (events.isEmpty()) {
                return Events.DONE;
            }
            Batch batch = new Batch(events);
            function.handle(batch, context);
            Map<Event, Exception> failures = batch.failures();
            if (failures.isEmpty()) {
                return Events.DONE;
            }
            if (events.size() == 1) {
                throw failures.values().iterator().next();
            }
            for (int i = 0; i < events.size(); i++) {
                Exception failure = failures.get(events.get(i));
                if (failure != null) {
                    context.log().error("event {} failed", events.get(i).id(), failure);
                    input.failed(i, Failures.outcome(failure));
                }
            }
            return Response.status(PARTLY);
        }
    }

    /** A typed function. */
    record Typed(TypedFunction<Object, Object> function, JavaType takes, JacksonJson json)
            implements Callee {

        static Typed of(TypedFunction<?, ?> function, JacksonJson json) {
            JavaType[] types = json.typeArguments(function.getClass(), TypedFunction.class);
            @SuppressWarnings("unchecked")
            TypedFunction<Object, Object> any = (TypedFunction<Object, Object>) function;
            return new Typed(any, types.length == 0 ? json.object() : types[0], json);
        }

        @Override
        public Response call(Input input, Context context, long payloadBytesMax) throws Exception {
            return write(function.handle(read(input.asBytes(payloadBytesMax)), context));
        }

        @SuppressWarnings("NullAway") // a function of Void takes null, as Void has no other value
        private Object read(byte[] bytes) {
            Class<?> raw = takes.getRawClass();
            if (raw == byte[].class) {
                return bytes;
            }
            if (raw == String.class) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
            if (raw == Void.class) {
                return null;
            }
            if (bytes.length == 0) {
                throw new BadRequest(
                        "the payload is empty; expected JSON for " + raw.getSimpleName());
            }
            return json.read(bytes, takes);
        }

        private static Response write(@Nullable Object result) {
            return switch (result) {
                case null -> Response.status(204);
                case Response response -> response;
                case String text -> Response.text(text);
                case byte[] bytes -> Response.ok(bytes);
                default -> Response.json(result);
            };
        }
    }
}
