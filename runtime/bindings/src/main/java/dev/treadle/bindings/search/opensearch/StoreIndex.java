package dev.treadle.bindings.search.opensearch;

import dev.treadle.SearchDocument;
import dev.treadle.bindings.search.Schema;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A store's index, behind an alias, and what is known of its fields. The server keeps fields, and
 * other nodes add some, so what is known is looked at again after a second. Safe for threads.
 */
final class StoreIndex {
    private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int TRIES = 3;

    private final OpenSearchHome home;
    private final String alias;
    private volatile @Nullable Known known;

    StoreIndex(OpenSearchHome home, String store) {
        this.home = home;
        this.alias = "treadle-search-" + store;
    }

    /**
     * @param fields which kinds the index has
     * @param isThere whether there is the index at all
     * @param nanos when it was so
     */
    private record Known(Schema fields, boolean isThere, long nanos) {}

    /** What it is called in requests. */
    String alias() {
        return alias;
    }

    /** Which kinds of fields it has. */
    Schema fields() {
        return known().fields();
    }

    /** What is known may be wrong. */
    void forget() {
        known = null;
    }

    private Known known() {
        Known last = known;
        return last != null && System.nanoTime() - last.nanos() < KEPT_NANOS ? last : ask();
    }

    private Known ask() {
        long now = System.nanoTime();
        Answer answer = home.send("GET", "/" + alias + "/_mapping", Map.of());
        Known found =
                answer.status() == 404
                        ? new Known(new Schema(), false, now)
                        : new Known(read(answer.good()), true, now);
        known = found;
        return found;
    }

    private static Schema read(JsonNode indexes) {
        return indexes.valueStream()
                .findFirst()
                .map(index -> IndexFields.read(index.path("mappings")))
                .orElseGet(Schema::new);
    }

    /**
     * Sees to it that the index is there and has the fields of these documents. When another node
     * was faster, what it added is looked at first.
     *
     * @throws IllegalArgumentException when a value has another kind than its field
     */
    void prepare(List<SearchDocument> documents) {
        for (int i = 1; i < TRIES; i++) {
            if (tryToPrepare(documents).isGood()) {
                return;
            }
            forget();
        }
        tryToPrepare(documents).good();
    }

    private Answer tryToPrepare(List<SearchDocument> documents) {
        Known now = known();
        if (!now.isThere()) {
            create();
        }
        Schema next = now.fields().copy();
        next.add(documents);
        Map<String, String> more = new HashMap<>(next.kept());
        more.keySet().removeAll(now.fields().kept().keySet());
        if (more.isEmpty() && now.isThere()) {
            return Answer.NOTHING;
        }
        Answer answer =
                home.send("PUT", "/" + alias + "/_mapping", Map.of(), IndexFields.mapping(more));
        if (answer.isGood()) {
            known = new Known(next, true, now.nanos());
        }
        return answer;
    }

    /** A store's name has no dot, so that this is no other store's. */
    private void create() {
        Answer answer = home.send("PUT", "/" + alias + ".1", Map.of(), IndexFields.empty(alias));
        if (!answer.says("resource_already_exists_exception")) {
            answer.good();
        }
    }
}
