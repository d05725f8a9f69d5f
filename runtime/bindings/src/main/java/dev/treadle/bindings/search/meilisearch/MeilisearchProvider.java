package dev.treadle.bindings.search.meilisearch;

import dev.treadle.bindings.search.SearchProvider;
import dev.treadle.bindings.search.SearchStore;
import java.util.Optional;

/**
 * Stores in a Meilisearch, each an index.
 *
 * @param home is closed with this
 */
public record MeilisearchProvider(MeilisearchHome home) implements SearchProvider {
    @Override
    public String name() {
        return "meilisearch";
    }

    @Override
    public String text() {
        return home.text();
    }

    @Override
    public SearchStore store(String name) {
        return new MeilisearchStore(home, home.index(name));
    }

    @Override
    public Optional<String> trouble() {
        return home.trouble();
    }

    @Override
    public void close() {
        home.close();
    }
}
