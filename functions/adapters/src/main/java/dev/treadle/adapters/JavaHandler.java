package dev.treadle.adapters;

import dev.treadle.Context;
import dev.treadle.HttpFunction;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.Response;
import java.lang.reflect.Type;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls a {@code java.util.function} handler with the body of the request. */
final class JavaHandler implements HttpFunction {
    private final Object handler;
    private final Call call;

    private JavaHandler(Object handler, Call call) {
        this.handler = handler;
        this.call = call;
    }

    /** What the three kinds have in common. */
    private interface Call {
        @Nullable Object with(Request request, Json json);
    }

    @SuppressWarnings("unchecked") // the body is read into the type that the class declares
    static JavaHandler function(Function<?, ?> function) {
        Type input = TypeArguments.of(function.getClass(), Function.class).getFirst();
        Function<@Nullable Object, @Nullable Object> any =
                (Function<@Nullable Object, @Nullable Object>) function;
        return new JavaHandler(
                function, (request, json) -> any.apply(Payloads.read(request.body(), input, json)));
    }

    @SuppressWarnings("unchecked") // as above
    static JavaHandler consumer(Consumer<?> consumer) {
        Type input = TypeArguments.of(consumer.getClass(), Consumer.class).getFirst();
        Consumer<@Nullable Object> any = (Consumer<@Nullable Object>) consumer;
        return new JavaHandler(
                consumer,
                (request, json) -> {
                    any.accept(Payloads.read(request.body(), input, json));
                    return null;
                });
    }

    static JavaHandler supplier(Supplier<?> supplier) {
        return new JavaHandler(supplier, (request, json) -> supplier.get());
    }

    @Override
    public Response handle(Request request, Context context) {
        return switch (call.with(request, context.json())) {
            case null -> Response.status(204);
            case Response response -> response;
            case String text -> Response.text(text);
            case byte[] bytes -> Response.ok(bytes);
            case Object value -> Response.json(value);
        };
    }

    @Override
    public void close() throws Exception {
        Closing.close(handler);
    }
}
