package dev.treadle.bindings.search.meilisearch;

import com.meilisearch.sdk.SearchRequest;
import dev.treadle.SearchDocument;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.search.KnownFields;
import dev.treadle.bindings.search.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A store's index, and what is known of its fields. The server has no kinds of fields, so the index
 * keeps a document for each field beside the store's. Safe for threads.
 */
final class MeilisearchIndex {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final MeilisearchHome home;
    private final String name;
    private final KnownFields known = new KnownFields(this::look);

    MeilisearchIndex(MeilisearchHome home, String store) {
        this.home = home;
        this.name = "treadle-" + store;
    }

    /** What it is called in requests. */
    String name() {
        return name;
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
        try {
            return new KnownFields.Index(read(), true);
        } catch (StoreFailure e) {
            if (MeilisearchHome.says(e, "index_not_found")) {
                return KnownFields.Index.none();
            }
            throw e;
        }
    }

    private Schema read() {
        SearchRequest all =
                SearchRequest.builder()
                        .q("")
                        .filter(new String[] {IndexSettings.FIELD + " EXISTS"})
                        .page(1)
                        .hitsPerPage(Schema.FIELDS_MAX)
                        .build();
        String found = home.call(client -> client.index(name).rawSearch(all));
        Map<String, String> kept = new HashMap<>();
        for (JsonNode field : JSON.readTree(found).path("hits")) {
            kept.put(
                    field.path(IndexSettings.FIELD).asString(),
                    field.path(IndexSettings.KIND).asString());
        }
        return Schema.read(kept);
    }

    /**
     * Sees to it that the index is there and knows the fields of these documents. What two nodes
     * say of a new field at the same moment is looked at once more.
     *
     * @throws IllegalArgumentException when a value has another kind than its field
     */
    void prepare(List<SearchDocument> documents) {
        KnownFields.Index now = known.now();
        if (!now.isThere()) {
            create();
            known.forget();
        }
        Map<String, String> more = now.lacks(now.with(documents));
        if (more.isEmpty()) {
            return;
        }
        List<Map<String, String>> fields = new ArrayList<>();
        more.forEach((field, kept) -> fields.add(IndexSettings.field(field, kept)));
        put(JSON.writeValueAsString(fields));
        known.ask().with(documents);
    }

    /** Another node may be as fast: the settings are the same then. */
    private void create() {
        try {
            home.done(client -> client.createIndex(name, KeptDocument.KEY));
        } catch (StoreFailure e) {
            if (!e.detail().startsWith("index_already_exists")) {
                throw e;
            }
        }
        home.done(client -> client.index(name).updateSettings(IndexSettings.make()));
    }

    /** Puts documents as the index has them, and waits. */
    void put(String json) {
        home.done(client -> client.index(name).addDocuments(json, KeptDocument.KEY));
    }
}
