package dev.treadle.bindings.search;

import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.search.meilisearch.MeilisearchHome;
import dev.treadle.bindings.search.meilisearch.MeilisearchProvider;
import dev.treadle.bindings.search.meilisearch.MeilisearchSettings;
import dev.treadle.bindings.search.opensearch.OpenSearchHome;
import dev.treadle.bindings.search.opensearch.OpenSearchProvider;
import dev.treadle.bindings.search.opensearch.OpenSearchSettings;

/**
 * Makes providers of documents.
 *
 * @param home the node's own indexes
 */
public record SearchProviders(LuceneHome home) {
    public SearchProvider provider(SearchSettings settings) {
        Capacity capacity = settings.capacity();
        return switch (settings.source()) {
            case SearchSettings.Lucene(int documentsMax) ->
                    new LuceneProvider(home, documentsMax, capacity.timeout());
            case SearchSettings.Meilisearch(MeilisearchSettings server) ->
                    new MeilisearchProvider(new MeilisearchHome(server, capacity.timeout()));
            case SearchSettings.OpenSearch(OpenSearchSettings server) ->
                    new OpenSearchProvider(
                            new OpenSearchHome(server, capacity.callsMax(), capacity.timeout()));
        };
    }
}
