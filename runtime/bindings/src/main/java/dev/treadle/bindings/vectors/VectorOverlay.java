package dev.treadle.bindings.vectors;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.SearchFilter;
import dev.treadle.VectorPoint;
import dev.treadle.VectorQuery;
import dev.treadle.bindings.StoreFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A store with what a dry run has written laid over it: an index in memory, asked together with the
 * real store, of which the points are hidden that the run has replaced or deleted.
 */
public final class VectorOverlay implements VectorStore {
    private static final int POINTS_MAX = 10_000;

    private final VectorStore real;
    private final LuceneVectors own;

    /** Ids of the real points that are not to be seen. Guarded by this. */
    private final Set<String> hidden = new HashSet<>();

    private VectorOverlay(VectorStore real, LuceneVectors own) {
        this.real = real;
        this.own = own;
    }

    /** One over a store, in which nothing is written yet. */
    public static VectorOverlay over(VectorStore real, VectorShape shape) {
        return new VectorOverlay(real, LuceneVectors.inMemory(shape, POINTS_MAX));
    }

    @Override
    public synchronized void put(List<VectorPoint> points) {
        real.check(points);
        own.put(points);
        points.forEach(point -> hidden.add(point.id()));
        requireRoom();
    }

    @Override
    public void check(List<VectorPoint> points) {
        real.check(points);
    }

    @Override
    public synchronized void delete(List<String> ids) {
        own.delete(ids);
        hidden.addAll(ids);
        requireRoom();
    }

    @Override
    public void delete(SearchFilter filter) {
        deleted(filter);
    }

    /** Deletes what passes a filter, and says which points these were. */
    synchronized List<String> deleted(SearchFilter filter) {
        List<String> ids = ids(filter, POINTS_MAX);
        delete(ids);
        return ids;
    }

    private void requireRoom() {
        if (hidden.size() > POINTS_MAX) {
            throw new StoreFailure(
                    Reason.FAILED,
                    "a dry run changes at most %d points".formatted(POINTS_MAX),
                    null);
        }
    }

    @Override
    public synchronized Optional<VectorPoint> get(String id) {
        return hidden.contains(id) ? own.get(id) : real.get(id);
    }

    /** All is found at once. */
    @Override
    public synchronized Found look(VectorQuery query, Set<String> others) {
        Set<String> unseen = new HashSet<>(hidden);
        unseen.addAll(others);
        return real.look(query.asFresh(), unseen).and(own.look(query.asFresh(), others));
    }

    @Override
    public synchronized List<String> ids(SearchFilter filter, int most) {
        Set<String> ids = new LinkedHashSet<>(real.ids(filter, most));
        ids.removeAll(hidden);
        ids.addAll(own.ids(filter, most));
        return new ArrayList<>(ids).subList(0, Math.min(most, ids.size()));
    }
}
