package dev.treadle.bindings.search;

import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A store that is an index of the node's own. */
record LuceneStore(LuceneHome home, String name, int documentsMax, Duration patience)
        implements SearchStore {
    @Override
    public void put(List<SearchDocument> documents) {
        index().put(
                        OpenIndex.ids(documents),
                        documentsMax,
                        index -> index.replace(documents, false),
                        patience);
    }

    @Override
    public void delete(List<String> ids) {
        index().write(index -> index.delete(ids), patience);
    }

    @Override
    public Optional<SearchDocument> get(String id) {
        return index().read(
                        true,
                        patience,
                        (reader, schema) ->
                                new Finder(reader, schema, patience, Optional.empty()).get(id));
    }

    @Override
    public SearchResults find(SearchQuery query) {
        return index().read(
                        query.fresh(),
                        patience,
                        (reader, schema) ->
                                new Finder(reader, schema, patience, Optional.empty()).find(query));
    }

    @Override
    public SearchStore overlaid() {
        return LuceneOverlay.over(this);
    }

    LuceneIndex index() {
        return home.index(name);
    }
}
