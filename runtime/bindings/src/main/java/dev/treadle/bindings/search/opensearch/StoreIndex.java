package dev.treadle.bindings.search.opensearch;

import dev.treadle.SearchDocument;
import dev.treadle.bindings.search.KnownFields;
import dev.treadle.bindings.search.Schema;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A store's index, behind an alias, and what is known of its fields, which the server keeps. Safe
 * for threads.
 */
final class StoreIndex {
    private static final int TRIES = 3;

    private final OpenSearchHome home;
    private final String alias;
    private final KnownFields known = new KnownFields(this::look);

    StoreIndex(OpenSearchHome home, String store) {
        this.home = home;
        this.alias = "treadle-search-" + store;
    }

    /** What it is called in requests. */
    String alias() {
        return alias;
    }

    /** Which kinds of fields it has. */
    Schema fields() {
        return known.now().fields();
    }

    /** What is known may be wrong. */
    void forget() {
        known.forget();
    }

    private KnownFields.Index look() {
        Answer answer = home.send("GET", "/" + alias + "/_mapping", Map.of());
        return answer.status() == 404
                ? KnownFields.Index.none()
                : new KnownFields.Index(read(answer.good()), true);
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
        KnownFields.Index now = known.now();
        if (!now.isThere()) {
            create();
        }
        Schema next = now.with(documents);
        Map<String, String> more = now.lacks(next);
        if (more.isEmpty() && now.isThere()) {
            return Answer.NOTHING;
        }
        Answer answer =
                home.send("PUT", "/" + alias + "/_mapping", Map.of(), IndexFields.mapping(more));
        if (answer.isGood()) {
            known.learn(next);
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
