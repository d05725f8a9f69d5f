package dev.treadle.adapters.google;

import com.google.cloud.functions.BackgroundFunction;
import com.google.cloud.functions.CloudEventsFunction;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.RawBackgroundFunction;
import com.google.cloud.functions.TypedFunction;
import dev.treadle.Handler;
import dev.treadle.adapters.Payloads;
import dev.treadle.adapters.TypeArguments;
import java.lang.reflect.Type;

/** Makes the adapters for Google's interfaces. */
public final class GoogleHandlers {
    private GoogleHandlers() {}

    /**
     * @param handler an {@code HttpFunction}
     */
    public static Handler http(Object handler) {
        return new HttpHandler((HttpFunction) handler);
    }

    /**
     * @param handler a {@code TypedFunction}
     */
    @SuppressWarnings("unchecked") // it is called with what its class declares
    public static Handler typed(Object handler) {
        Type input = TypeArguments.of(handler.getClass(), TypedFunction.class).getFirst();
        return new TypedHandler((TypedFunction<Object, Object>) handler, input);
    }

    /**
     * @param handler a {@code CloudEventsFunction}
     */
    public static Handler cloudEvents(Object handler) {
        CloudEventsFunction function = (CloudEventsFunction) handler;
        return new EventHandler(handler, (event, context) -> function.accept(new EventView(event)));
    }

    /**
     * @param handler a {@code RawBackgroundFunction}
     */
    public static Handler rawBackground(Object handler) {
        RawBackgroundFunction function = (RawBackgroundFunction) handler;
        return new EventHandler(
                handler, (event, context) -> function.accept(event.text(), EventContext.of(event)));
    }

    /**
     * @param handler a {@code BackgroundFunction}
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // as above; a function of Void takes null
    public static Handler background(Object handler) {
        BackgroundFunction<Object> function = (BackgroundFunction<Object>) handler;
        Type input = TypeArguments.of(handler.getClass(), BackgroundFunction.class).getFirst();
        return new EventHandler(
                handler,
                (event, context) ->
                        function.accept(
                                Payloads.read(event.data(), input, context.json()),
                                EventContext.of(event)));
    }
}
