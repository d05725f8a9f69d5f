package dev.treadle.bindings.search;

import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import java.util.List;
import java.util.Optional;

/**
 * One store of one provider. Arguments are checked before; failures are {@link
 * dev.treadle.bindings.StoreFailure}s. What each method means stands in {@link Search}. Safe for
 * threads.
 */
public interface SearchStore {
    void put(List<SearchDocument> documents);

    void delete(List<String> ids);

    Optional<SearchDocument> get(String id);

    SearchResults find(SearchQuery query);

    /** One that looks like this one, and keeps what is written to it for itself, in memory. */
    SearchStore overlaid();
}
