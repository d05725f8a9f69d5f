package dev.treadle.benchmarks.jmh;

import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.Input;

/** A payload that the function does not look at. */
enum NoInput implements Input {
    INSTANCE;

    @Override
    @SuppressWarnings("NullAway") // the function under measurement never looks at its request
    public Request asRequest(Json json, long payloadBytesMax) {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // nor at its event
    public Event asEvent(Json json, long payloadBytesMax) {
        return null;
    }

    @Override
    public byte[] asBytes(long payloadBytesMax) {
        throw new UnsupportedOperationException("an HTTP function takes no bytes");
    }
}
