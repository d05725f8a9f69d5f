package dev.treadle.engine;

import dev.treadle.FunctionContext;
import dev.treadle.Json;
import dev.treadle.Log;
import dev.treadle.registry.Release;
import java.util.Optional;

/** A loaded release's configuration, secrets, log and JSON. Safe for threads. */
final class ReleaseContext implements FunctionContext {
    private final Release release;
    private final Secrets secrets;
    private final Log log;
    private final Json json;

    ReleaseContext(Release release, Secrets secrets, Log log, Json json) {
        this.release = release;
        this.secrets = secrets;
        this.log = log;
        this.json = json;
    }

    @Override
    public String function() {
        return release.function().value();
    }

    @Override
    public int release() {
        return release.number();
    }

    @Override
    public Optional<String> config(String key) {
        return Optional.ofNullable(release.manifest().config().get(key));
    }

    @Override
    public Optional<String> secret(String key) {
        if (!release.manifest().secrets().contains(key)) {
            throw new IllegalArgumentException(
                    "%s may not read the secret %s: list it under `secrets` in function.yaml"
                            .formatted(release.function(), key));
        }
        return secrets.get(key);
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public Json json() {
        return json;
    }
}
