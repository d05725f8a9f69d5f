package dev.treadle.bindings.search;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.SearchResults.Hit;
import dev.treadle.bindings.StoreFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * A store elsewhere with what a dry run has written laid over it. A query of a run that has written
 * is answered from an index in memory of the run's own documents and copies of those there that can
 * be among the results.
 */
public final class CopiedOverlay implements SearchStore {
    private static final int OWN_MAX = 10_000;
    private static final int COPIED_MAX = 1000;

    private final SearchStore real;
    private final Supplier<Schema> kinds;
    private final Duration patience;

    /** What the run has put. Guarded by this. */
    private final Map<String, SearchDocument> own = new LinkedHashMap<>();

    /** Ids of what the run has put or deleted. Guarded by this. */
    private final Set<String> hidden = new HashSet<>();

    /** The kinds of the run's own fields. Guarded by this. */
    private final Schema ownKinds = new Schema();

    private CopiedOverlay(SearchStore real, Supplier<Schema> kinds, Duration patience) {
        this.real = real;
        this.kinds = kinds;
        this.patience = patience;
    }

    /**
     * @param kinds of the store's fields as they are now
     * @param patience how long a query may take here
     */
    public static SearchStore over(SearchStore real, Supplier<Schema> kinds, Duration patience) {
        return new CopiedOverlay(real, kinds, patience);
    }

    @Override
    public synchronized void put(List<SearchDocument> documents) {
        joint().add(documents);
        if (own.size() + documents.size() > OWN_MAX) {
            throw new StoreFailure(
                    Reason.FAILED, "a dry run puts at most %d documents".formatted(OWN_MAX), null);
        }
        ownKinds.add(documents);
        for (SearchDocument document : documents) {
            hidden.add(document.id());
            own.put(document.id(), document);
        }
    }

    @Override
    public synchronized void delete(List<String> ids) {
        hidden.addAll(ids);
        own.keySet().removeAll(ids);
    }

    @Override
    public synchronized Optional<SearchDocument> get(String id) {
        return hidden.contains(id) ? Optional.ofNullable(own.get(id)) : real.get(id);
    }

    @Override
    public synchronized SearchResults find(SearchQuery query) {
        if (hidden.isEmpty()) {
            return real.find(query);
        }
        Map<String, SearchDocument> all = new LinkedHashMap<>(own);
        copy(query, all);
        try (OpenIndex index = OpenIndex.open(new ByteBuffersDirectory())) {
            index.put(List.copyOf(all.values()), all.size(), false);
            return find(query, index);
        } catch (IOException e) {
            throw new StoreFailure(Reason.FAILED, "the run's own index failed: " + e, e);
        }
    }

    private SearchResults find(SearchQuery query, OpenIndex index) throws IOException {
        index.refresh();
        DirectoryReader reader = index.acquire();
        try {
            return new Finder(reader, joint(), patience, Optional.empty()).find(query);
        } finally {
            index.release(reader);
        }
    }

    private Schema joint() {
        Schema joint = kinds.get().copy();
        joint.addAll(ownKinds);
        return joint;
    }

    /** Adds what is really there and may be found: what has the words, and what is near. */
    private void copy(SearchQuery query, Map<String, SearchDocument> all) {
        Optional<SearchQuery.Near> near = query.near();
        if (near.isEmpty() || !query.words().text().isBlank()) {
            pages(part(query.words(), query, Optional.empty()), all);
        }
        if (near.isPresent()) {
            int more = Math.min(SearchQuery.NEAREST_MAX, near.get().nearest() + hidden.size());
            SearchQuery.Near wider =
                    new SearchQuery.Near(near.get().field(), near.get().vector(), more);
            pages(part(SearchQuery.all().words(), query, Optional.of(wider)), all);
        }
    }

    private static SearchQuery part(
            SearchQuery.Words words, SearchQuery query, Optional<SearchQuery.Near> near) {
        return new SearchQuery(
                words,
                query.filter(),
                near,
                List.of(),
                new SearchQuery.Shown(Map.of(), List.of(), 0, SearchQuery.LIMIT_MAX),
                true);
    }

    private void pages(SearchQuery first, Map<String, SearchDocument> all) {
        SearchQuery next = first;
        long total;
        int offset = 0;
        do {
            SearchResults page = real.find(next);
            total = page.total();
            requireFew(total);
            for (Hit hit : page.hits()) {
                if (!hidden.contains(hit.id())) {
                    all.put(hit.id(), hit.document());
                }
            }
            offset += SearchQuery.LIMIT_MAX;
            next = next.offset(offset);
        } while (offset < total);
    }

    private static void requireFew(long total) {
        if (total > COPIED_MAX) {
            throw new UnsupportedOperationException(
                    "a dry run that has written to a store elsewhere looks through at most %d documents that are there, and this query finds %d: ask for more words, or filter"
                            .formatted(COPIED_MAX, total));
        }
    }

    @Override
    public SearchStore overlaid() {
        throw new IllegalStateException("a dry run inside of a dry run");
    }
}
