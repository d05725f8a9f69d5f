package dev.treadle.bindings.vectors;

import dev.treadle.SearchFilter;
import dev.treadle.VectorPoint;
import dev.treadle.VectorQuery;
import dev.treadle.Vectors;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One store of one provider. Arguments are checked before, dimensions included; failures are {@link
 * dev.treadle.bindings.StoreFailure}s. What each method means stands in {@link Vectors}. Safe for
 * threads.
 */
public interface VectorStore {
    void put(List<VectorPoint> points);

    /**
     * Refuses what a put of these would refuse.
     *
     * @throws IllegalArgumentException when a value has another kind than its field
     */
    void check(List<VectorPoint> points);

    void delete(List<String> ids);

    void delete(SearchFilter filter);

    Optional<VectorPoint> get(String id);

    /**
     * What is near, and what has the words.
     *
     * @param hidden ids of points that are not to be found
     */
    Found look(VectorQuery query, Set<String> hidden);

    /** The ids of points that pass a filter, so many at most, in any order. */
    List<String> ids(SearchFilter filter, int most);
}
