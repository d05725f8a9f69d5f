package dev.treadle.bindings.vectors;

import dev.treadle.bindings.search.LuceneHome;

/**
 * Makes providers of vectors.
 *
 * @param home the node's own indexes
 */
public record VectorProviders(LuceneHome home) {
    public VectorProvider provider(VectorSettings settings) {
        return switch (settings.source()) {
            case VectorSettings.Lucene(int documentsMax) ->
                    new LuceneVectorProvider(home, documentsMax, settings.capacity().timeout());
        };
    }
}
