package dev.treadle.testing;

import dev.treadle.FunctionContext;
import dev.treadle.Json;
import dev.treadle.Log;
import java.util.Optional;

/** What the function has while it is loaded. */
record TestFunctionContext(Settings settings, Log log, Json json) implements FunctionContext {
    @Override
    public String function() {
        return settings.name;
    }

    @Override
    public int release() {
        return settings.release;
    }

    @Override
    public Optional<String> config(String key) {
        return Optional.ofNullable(settings.config.get(key));
    }

    @Override
    public Optional<String> secret(String key) {
        Optional<String> value = settings.secrets.get(key);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the manifest of "
                            + settings.name
                            + " does not list the secret "
                            + key
                            + "; in a test, say secret(\""
                            + key
                            + "\", value)");
        }
        return value;
    }
}
