package dev.treadle.bindings.search.opensearch;

import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.bindings.search.CopiedOverlay;
import dev.treadle.bindings.search.SearchStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A store that is an index. */
record OpenSearchStore(OpenSearchHome home, StoreIndex index) implements SearchStore {
    private static final Map<String, String> IF_THERE = Map.of("ignore_unavailable", "true");

    /** Some may be there when others fail. An index that is gone is made anew, once. */
    @Override
    public void put(List<SearchDocument> documents) {
        Bulk bulk = Bulk.putting(documents);
        index.prepare(documents);
        if (!bulk.send(home, index.alias())) {
            index.forget();
            index.prepare(documents);
            bulk.sendOrFail(home, index.alias());
        }
    }

    @Override
    public void delete(List<String> ids) {
        Bulk.deleting(ids).send(home, index.alias());
    }

    @Override
    public Optional<SearchDocument> get(String id) {
        Answer answer =
                home.send(
                        "POST",
                        "/" + index.alias() + "/_mget",
                        Map.of(),
                        Map.of("ids", List.of(id)));
        JsonNode found = answer.good().path("docs").path(0);
        return found.path("found").asBoolean(false)
                ? Optional.of(StoredDocument.read(found.path("_source")))
                : Optional.empty();
    }

    @Override
    public SearchResults find(SearchQuery query) {
        if (query.fresh()) {
            home.send("POST", "/" + index.alias() + "/_refresh", IF_THERE).good();
        }
        return new IndexSearch(home, index.alias(), index.fields()).find(query);
    }

    @Override
    public SearchStore overlaid() {
        return CopiedOverlay.over(this, index::fields, home.timeout());
    }
}
