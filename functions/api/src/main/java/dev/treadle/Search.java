package dev.treadle;

import java.util.List;
import java.util.Optional;

/**
 * Documents that can be found by their words, shared by all functions that bind the same store.
 * Each method returns when it is done, within what is left of the call's deadline.
 *
 * <p>A document is found within a second after it was put; a query that is {@link
 * SearchQuery#fresh} finds all that was put before it on the same node. With the embedded store, a
 * node that is killed loses at most what was written in its last second or so; the rest is whole.
 *
 * <p>A field has the kind of the first value that any document of the store had there, for as long
 * as there is the store: text is for words, keywords are found whole, vectors by what is near them,
 * and numbers, times and flags are what they are. Another kind of value there is refused. See
 * {@link SearchDocument}.
 *
 * <p>Every method throws {@link BindingFailed} when the store cannot be reached, is too slow or
 * fails; a write may have taken place then. Wrong arguments are {@link IllegalArgumentException}s.
 * Safe for threads.
 */
public interface Search {
    /** How many documents may be put or deleted at once. */
    int BATCH_MAX = 1000;

    /** Puts a document there, in the place of one with the same id. */
    default void put(SearchDocument document) {
        put(List.of(document));
    }

    /**
     * Puts documents there, each in the place of one with the same id. When one has a value of the
     * wrong kind, none is put; after another failure some may be there.
     *
     * @param documents {@link #BATCH_MAX} at most
     */
    void put(List<SearchDocument> documents);

    /** Takes a document away, if it is there. */
    default void delete(String id) {
        delete(List.of(id));
    }

    /**
     * Takes documents away, as far as they are there.
     *
     * @param ids {@link #BATCH_MAX} at most
     */
    void delete(List<String> ids);

    /** The document with this id, as it was last put on this node. */
    Optional<SearchDocument> get(String id);

    /** What a query finds. */
    SearchResults find(SearchQuery query);
}
