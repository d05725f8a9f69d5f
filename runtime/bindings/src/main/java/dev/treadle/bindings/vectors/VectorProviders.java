package dev.treadle.bindings.vectors;

import dev.treadle.bindings.search.LuceneHome;
import dev.treadle.bindings.vectors.qdrant.QdrantProvider;
import dev.treadle.bindings.vectors.qdrant.QdrantSettings;

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
            case VectorSettings.Qdrant(QdrantSettings server) ->
                    new QdrantProvider(server, settings.capacity().timeout());
        };
    }
}
