package dev.treadle.bindings.search;

import dev.treadle.SearchDocument;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an index that a server keeps. Other nodes add fields to it, so the server is
 * asked again after a second. Safe for threads.
 */
public final class KnownFields {
    private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

    private final Supplier<Index> server;
    private volatile @Nullable Known known;

    /**
     * @param server asks the server
     */
    public KnownFields(Supplier<Index> server) {
        this.server = server;
    }

    /**
     * An index.
     *
     * @param fields which kinds it has; not changed by anybody
     * @param isThere whether there is the index at all
     */
    public record Index(Schema fields, boolean isThere) {
        /** One that is not there. */
        public static Index none() {
            return new Index(new Schema(), false);
        }

        /**
         * The fields with those of documents.
         *
         * @throws IllegalArgumentException when a value has another kind than its field
         */
        public Schema with(List<SearchDocument> documents) {
            Schema more = fields.copy();
            more.add(documents);
            return more;
        }

        /** Those of these fields that it does not have, as they are kept. */
        public Map<String, String> lacks(Schema wanted) {
            Map<String, String> more = new HashMap<>(wanted.kept());
            more.keySet().removeAll(fields.kept().keySet());
            return more;
        }
    }

    private record Known(Index index, long nanos) {}

    /** What is known, not older than a second. */
    public Index now() {
        Known last = known;
        return last != null && System.nanoTime() - last.nanos() < KEPT_NANOS ? last.index() : ask();
    }

    /** What the server says at this moment. */
    public Index ask() {
        long now = System.nanoTime();
        Index index = server.get();
        known = new Known(index, now);
        return index;
    }

    /** It has these fields from now on, and perhaps others. */
    public void learn(Schema fields) {
        Known last = known;
        known = new Known(new Index(fields, true), last == null ? System.nanoTime() : last.nanos());
    }

    /** What is known may be wrong. */
    public void forget() {
        known = null;
    }
}
