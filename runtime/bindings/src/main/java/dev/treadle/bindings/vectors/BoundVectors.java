package dev.treadle.bindings.vectors;

import dev.treadle.SearchFilter;
import dev.treadle.VectorMatch;
import dev.treadle.VectorPoint;
import dev.treadle.VectorQuery;
import dev.treadle.Vectors;
import dev.treadle.bindings.Guard;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A store as one invocation sees it: checks what it is given, and has each call guarded. */
public final class BoundVectors implements Vectors {
    private final VectorStore store;
    private final VectorShape shape;
    private final Guard guard;

    public BoundVectors(VectorStore store, VectorShape shape, Guard guard) {
        this.store = store;
        this.shape = shape;
        this.guard = guard;
    }

    @Override
    public void put(List<VectorPoint> points) {
        List<VectorPoint> own = List.copyOf(points);
        bound(own.size());
        own.forEach(
                point ->
                        requireDimensions(
                                "the vector of '%s'".formatted(point.id()), point.vector().length));
        if (!own.isEmpty()) {
            done(() -> store.put(own));
        }
    }

    @Override
    public void delete(List<String> ids) {
        List<String> own = List.copyOf(ids);
        bound(own.size());
        if (!own.isEmpty()) {
            done(() -> store.delete(own));
        }
    }

    @Override
    public void delete(SearchFilter filter) {
        SearchFilter.requireBounds(filter);
        done(() -> store.delete(filter));
    }

    @Override
    public Optional<VectorPoint> get(String id) {
        return guard.run(() -> store.get(id));
    }

    @Override
    public List<VectorMatch> find(VectorQuery query) {
        requireDimensions("the query's vector", query.vector().length);
        return guard.run(() -> store.look(query, Set.of()).joined(query.limit()));
    }

    private void done(Runnable work) {
        guard.run(
                () -> {
                    work.run();
                    return true;
                });
    }

    private void requireDimensions(String what, int found) {
        if (found != shape.dimensions()) {
            throw new IllegalArgumentException(
                    "%s has %d dimensions; those of the binding '%s' have %d, as function.yaml says"
                            .formatted(what, found, guard.binding(), shape.dimensions()));
        }
    }

    private static void bound(int size) {
        if (size > BATCH_MAX) {
            throw new IllegalArgumentException(
                    "at most %d points at once, not %d".formatted(BATCH_MAX, size));
        }
    }
}
