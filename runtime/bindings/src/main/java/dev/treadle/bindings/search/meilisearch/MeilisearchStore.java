package dev.treadle.bindings.search.meilisearch;

import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.search.CopiedOverlay;
import dev.treadle.bindings.search.SearchStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A store that is an index. Writes wait until the server has done them, so all is fresh. */
record MeilisearchStore(MeilisearchHome home, MeilisearchIndex index) implements SearchStore {
    private static final int REQUEST_CHARACTERS = 8 << 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public void put(List<SearchDocument> documents) {
        List<String> all =
                documents.stream()
                        .map(each -> JSON.writeValueAsString(KeptDocument.write(each)))
                        .toList();
        if (all.isEmpty()) {
            return;
        }
        index.prepare(documents);
        try {
            requests(all).forEach(index::put);
        } catch (StoreFailure e) {
            index.forget(); // it may be gone
            throw e;
        }
    }

    private static List<String> requests(List<String> documents) {
        List<String> requests = new ArrayList<>();
        StringBuilder next = new StringBuilder();
        for (String document : documents) {
            if (!next.isEmpty() && next.length() + document.length() > REQUEST_CHARACTERS) {
                requests.add(next.append(']').toString());
                next.setLength(0);
            }
            next.append(next.isEmpty() ? '[' : ',').append(document);
        }
        requests.add(next.append(']').toString());
        return requests;
    }

    @Override
    public void delete(List<String> ids) {
        List<String> keys = ids.stream().map(KeptDocument::key).toList();
        try {
            home.done(client -> client.index(index.name()).deleteDocuments(keys));
        } catch (StoreFailure e) {
            if (!isMissing(e)) {
                throw e;
            }
        }
    }

    @Override
    public Optional<SearchDocument> get(String id) {
        try {
            String json =
                    home.call(
                            client ->
                                    client.index(index.name())
                                            .getRawDocument(KeptDocument.key(id)));
            return Optional.of(KeptDocument.read(JSON.readTree(json)));
        } catch (StoreFailure e) {
            if (!isMissing(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static boolean isMissing(StoreFailure e) {
        return MeilisearchHome.says(e, "document_not_found")
                || MeilisearchHome.says(e, "index_not_found")
                || e.detail().startsWith("index_not_found");
    }

    @Override
    public SearchResults find(SearchQuery query) {
        IndexFinder finder = new IndexFinder(home, index.name(), index.fields());
        try {
            return finder.find(query);
        } catch (StoreFailure e) {
            if (!isMissing(e)) {
                throw e;
            }
            return new FoundReader(List.of(), query.shown()).nothing();
        }
    }

    @Override
    public SearchStore overlaid() {
        return CopiedOverlay.over(this, index::fields, home.timeout());
    }
}
