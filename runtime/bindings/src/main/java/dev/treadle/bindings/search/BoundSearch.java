package dev.treadle.bindings.search;

import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.bindings.Guard;
import java.util.List;
import java.util.Optional;

/** A store as one invocation sees it: checks what it is given, and has each call guarded. */
public final class BoundSearch implements Search {
    private final SearchStore store;
    private final Guard guard;

    public BoundSearch(SearchStore store, Guard guard) {
        this.store = store;
        this.guard = guard;
    }

    @Override
    public void put(List<SearchDocument> documents) {
        List<SearchDocument> own = List.copyOf(documents);
        bound(own.size());
        done(() -> store.put(own));
    }

    @Override
    public void delete(List<String> ids) {
        List<String> own = List.copyOf(ids);
        bound(own.size());
        done(() -> store.delete(own));
    }

    @Override
    public Optional<SearchDocument> get(String id) {
        return guard.run(() -> store.get(id));
    }

    @Override
    public SearchResults find(SearchQuery query) {
        return guard.run(() -> store.find(query));
    }

    private void done(Runnable work) {
        guard.run(
                () -> {
                    work.run();
                    return true;
                });
    }

    private static void bound(int size) {
        if (size > BATCH_MAX) {
            throw new IllegalArgumentException(
                    "at most %d documents at once, not %d".formatted(BATCH_MAX, size));
        }
    }
}
