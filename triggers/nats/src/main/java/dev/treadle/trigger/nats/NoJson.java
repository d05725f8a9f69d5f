package dev.treadle.trigger.nats;

import dev.treadle.Json;
import java.lang.reflect.Type;

/** For events that only the trigger itself looks at. */
enum NoJson implements Json {
    INSTANCE;

    @Override
    public <T> T read(byte[] bytes, Type type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] write(Object value) {
        throw new UnsupportedOperationException();
    }
}
