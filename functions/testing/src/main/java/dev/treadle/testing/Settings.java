package dev.treadle.testing;

import dev.treadle.Blobs;
import dev.treadle.Kv;
import dev.treadle.Model;
import dev.treadle.Search;
import dev.treadle.Table;
import dev.treadle.Vectors;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a manifest and a node would say about the function under test. Confined to the test. */
final class Settings {
    final Map<String, String> config = new LinkedHashMap<>();
    final Map<String, Optional<String>> secrets = new LinkedHashMap<>();
    final Map<String, TestFunction> calls = new LinkedHashMap<>();
    final Map<String, Kv> kv = new LinkedHashMap<>();
    final Map<String, Table> tables = new LinkedHashMap<>();
    final Map<String, Model> models = new LinkedHashMap<>();
    final Map<String, Search> searches = new LinkedHashMap<>();
    final Map<String, Vectors> vectors = new LinkedHashMap<>();
    final Map<String, Blobs> blobs = new LinkedHashMap<>();
    String name;
    int release = 1;
    Optional<RouteTemplate> route = Optional.empty();
    long payloadBytesMax = 1 << 20;
    Duration timeout = Duration.ofSeconds(10);
    InstantSource clock = InstantSource.system();

    Settings(String name) {
        this.name = name;
    }

    /** Keys and values that are bound under this name. */
    Kv kv(String binding) {
        return bound(kv, "kv", binding);
    }

    /** The table that is bound under this name. */
    Table table(String binding) {
        return bound(tables, "table", binding);
    }

    /** Blobs that are bound under this name. */
    Blobs blobs(String binding) {
        return bound(blobs, "blobs", binding);
    }

    /** The model that is bound under this name. */
    Model model(String binding) {
        return bound(models, "model", binding);
    }

    /** The documents that are bound under this name. */
    Search search(String binding) {
        return bound(searches, "search", binding);
    }

    /** The vectors that are bound under this name. */
    Vectors vectors(String binding) {
        return bound(vectors, "vectors", binding);
    }

    private <T> T bound(Map<String, T> all, String kind, String binding) {
        T bound = all.get(binding);
        if (bound == null) {
            throw new IllegalArgumentException(
                    "%s has no %s binding '%s': a test gives it one with TestFunction.%s"
                            .formatted(name, kind, binding, kind));
        }
        return bound;
    }

    /** The variables of the route in this path, in a map of the caller's own. */
    Map<String, String> pathParams(String path) {
        if (route.isEmpty()) {
            return new LinkedHashMap<>();
        }
        return route.get()
                .match(path)
                .map(LinkedHashMap::new)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        path + " does not match the route " + route.get()));
    }
}
