package dev.treadle.bindings.search.opensearch;

import dev.treadle.bindings.search.SearchProvider;
import dev.treadle.bindings.search.SearchStore;
import java.util.Optional;

/**
 * Stores in an OpenSearch, each an index.
 *
 * @param home is closed with this
 */
public record OpenSearchProvider(OpenSearchHome home) implements SearchProvider {
    @Override
    public String name() {
        return "opensearch";
    }

    @Override
    public String text() {
        return home.text();
    }

    @Override
    public SearchStore store(String name) {
        return new OpenSearchStore(home, home.index(name));
    }

    @Override
    public Optional<String> trouble() {
        return home.trouble();
    }

    @Override
    public boolean passesTrace() {
        return true;
    }

    @Override
    public void close() {
        home.close();
    }
}
