package dev.treadle.bindings.search;

/**
 * Makes providers of documents.
 *
 * @param home the node's own indexes
 */
public record SearchProviders(LuceneHome home) {
    public SearchProvider provider(SearchSettings settings) {
        return switch (settings.source()) {
            case SearchSettings.Lucene(int documentsMax) ->
                    new LuceneProvider(home, documentsMax, settings.capacity().timeout());
        };
    }
}
