package dev.treadle.bindings.search;

import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.search.meilisearch.MeilisearchSettings;
import dev.treadle.bindings.search.opensearch.OpenSearchSettings;

/** What is behind a store of documents. */
public record SearchSettings(Capacity capacity, Source source) {
    /** A provider and what it needs. */
    public sealed interface Source {}

    /**
     * The node's own Lucene.
     *
     * @param documentsMax how many documents a store may have
     */
    public record Lucene(int documentsMax) implements Source {
        public static final Lucene DEFAULT = new Lucene(1_000_000);
    }

    /** A Meilisearch. */
    public record Meilisearch(MeilisearchSettings server) implements Source {}

    /** An OpenSearch. */
    public record OpenSearch(OpenSearchSettings server) implements Source {}
}
