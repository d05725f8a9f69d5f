package dev.treadle.server;

import dev.treadle.bindings.search.meilisearch.MeilisearchSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which Meilisearch is behind a store. For one thread. */
final class MeilisearchReader {
    private static final Pattern URL =
            Pattern.compile(
                    "https?://([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?/?");

    private final ConfigKeys keys;
    private final List<String> errors;
    private final String key;

    /**
     * @param key of the store
     */
    MeilisearchReader(ConfigKeys keys, List<String> errors, String key) {
        this.keys = keys;
        this.errors = errors;
        this.key = key;
    }

    MeilisearchSettings read() {
        Optional<String> url = keys.text(key + ".url");
        boolean good = url.filter(each -> URL.matcher(each).matches()).isPresent();
        if (!good) {
            errors.add(
                    "%s.url: expected http://HOST:PORT or https://HOST:PORT, without user and path, found %s"
                            .formatted(key, url.isEmpty() ? "nothing" : "another"));
        }
        return new MeilisearchSettings(
                URI.create(good ? url.orElseThrow().replaceFirst("/$", "") : "http://localhost"),
                keys.text(key + ".api-key").map(MeilisearchSettings.Key::new));
    }
}
