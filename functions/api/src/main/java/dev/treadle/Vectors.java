package dev.treadle;

import java.util.List;
import java.util.Optional;

/**
 * Vectors that models make of texts or pictures, each with an id and fields, found by what is near;
 * shared by all functions that bind the same store. Each method returns when it is done, within
 * what is left of the call's deadline.
 *
 * <p>The manifest says how many dimensions the vectors of a store have and how near is measured:
 * {@code bindings: {passages: {vectors: passages, dimensions: 384, distance: cosine}}}. A vector
 * with others is refused.
 *
 * <p>A point is found within a second after it was put; a query that is {@link VectorQuery#fresh}
 * finds all that was put before it on the same node. With the embedded store, a node that is killed
 * loses at most what was written in its last second or so; the rest is whole.
 *
 * <p>A field has the kind of the first value that any point of the store had there, for as long as
 * there is the store; a filter by another kind is refused.
 *
 * <p>Every method throws {@link BindingFailed} when the store cannot be reached, is too slow or
 * fails, or when it was begun with other dimensions or another distance than the manifest says; a
 * write may have taken place then. Wrong arguments are {@link IllegalArgumentException}s. Safe for
 * threads.
 */
public interface Vectors {
    /** How many points may be put or deleted at once. */
    int BATCH_MAX = 1000;

    /** Puts a point there, in the place of one with the same id. */
    default void put(VectorPoint point) {
        put(List.of(point));
    }

    /**
     * Puts points there, each in the place of one with the same id. When one has a wrong number of
     * dimensions or a value of the wrong kind, none is put; after another failure some may be
     * there.
     *
     * @param points {@link #BATCH_MAX} at most
     */
    void put(List<VectorPoint> points);

    /** Takes a point away, if it is there. */
    default void delete(String id) {
        delete(List.of(id));
    }

    /**
     * Takes points away, as far as they are there.
     *
     * @param ids {@link #BATCH_MAX} at most
     */
    void delete(List<String> ids);

    /** Takes all points away that pass a filter. */
    void delete(SearchFilter filter);

    /**
     * The point with this id, as it was last put on this node. By {@code cosine}, where the length
     * of a vector does not count, a store may give it back at the length 1.
     */
    Optional<VectorPoint> get(String id);

    /** What is near, the nearest first; with a text, the best by both together. */
    List<VectorMatch> find(VectorQuery query);
}
