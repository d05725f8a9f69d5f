package dev.treadle.trigger;

import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.Request;
import java.util.List;

/**
 * An invocation's payload. Each trigger has it in its own form and converts when the function's
 * kind is known. Methods are called at most once each, on the dispatching thread, and may throw
 * {@link dev.treadle.HttpError} when the payload cannot be had in that form.
 */
public interface Input {
    /**
     * For HTTP functions.
     *
     * @param json reads bodies into types of the function
     * @param payloadBytesMax the function's limit
     */
    Request asRequest(Json json, long payloadBytesMax);

    /** For event functions. Parameters as for {@link #asRequest}. */
    Event asEvent(Json json, long payloadBytesMax);

    /** For batch functions. Parameters as for {@link #asRequest}. */
    default List<Event> asEvents(Json json, long payloadBytesMax) {
        return List.of(asEvent(json, payloadBytesMax));
    }

    /**
     * Hears, once for each, which of several events could not be handled though the invocation
     * succeeded.
     *
     * @param index of {@link #asEvents}
     */
    default void failed(int index, Outcome.Failed failure) {
        throw new IllegalStateException("this payload is no batch");
    }

    /** For typed functions: the JSON text. */
    byte[] asBytes(long payloadBytesMax);
}
