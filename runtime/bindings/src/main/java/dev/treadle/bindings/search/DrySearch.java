package dev.treadle.bindings.search;

import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A store as a dry run sees it: reads find what the run itself has written, and what is really
 * there beneath; writes are told instead of done.
 */
public final class DrySearch implements SearchStore {
    private final SearchStore overlay;
    private final Consumer<String> told;

    /**
     * @param overlay of this run
     * @param told takes what would have been written, for people
     */
    public DrySearch(SearchStore overlay, Consumer<String> told) {
        this.overlay = overlay;
        this.told = told;
    }

    @Override
    public void put(List<SearchDocument> documents) {
        overlay.put(documents);
        for (SearchDocument document : documents) {
            told.accept("put %s, %d fields".formatted(document.id(), document.fields().size()));
        }
    }

    @Override
    public void delete(List<String> ids) {
        overlay.delete(ids);
        ids.forEach(id -> told.accept("delete " + id));
    }

    @Override
    public Optional<SearchDocument> get(String id) {
        return overlay.get(id);
    }

    @Override
    public SearchResults find(SearchQuery query) {
        return overlay.find(query);
    }

    @Override
    public SearchStore overlaid() {
        return overlay.overlaid();
    }
}
