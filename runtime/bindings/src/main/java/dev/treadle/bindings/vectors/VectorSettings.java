package dev.treadle.bindings.vectors;

import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.vectors.qdrant.QdrantSettings;

/** What is behind a store of vectors. */
public record VectorSettings(Capacity capacity, Source source) {
    /** A provider and what it needs. */
    public sealed interface Source {}

    /**
     * The node's own Lucene.
     *
     * @param documentsMax how many points a store may have
     */
    public record Lucene(int documentsMax) implements Source {
        public static final Lucene DEFAULT = new Lucene(1_000_000);
    }

    /** A Qdrant. */
    public record Qdrant(QdrantSettings server) implements Source {}
}
