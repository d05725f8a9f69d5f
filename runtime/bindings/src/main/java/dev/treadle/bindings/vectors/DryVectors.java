package dev.treadle.bindings.vectors;

import dev.treadle.SearchFilter;
import dev.treadle.VectorPoint;
import dev.treadle.VectorQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A store as a dry run sees it: reads find what the run itself has written, and what is really
 * there beneath; writes are told instead of done.
 */
public final class DryVectors implements VectorStore {
    private final VectorOverlay overlay;
    private final Consumer<String> told;

    /**
     * @param overlay of this run
     * @param told takes what would have been written, for people
     */
    public DryVectors(VectorOverlay overlay, Consumer<String> told) {
        this.overlay = overlay;
        this.told = told;
    }

    @Override
    public void put(List<VectorPoint> points) {
        overlay.put(points);
        for (VectorPoint point : points) {
            told.accept("put %s, %d fields".formatted(point.id(), point.fields().size()));
        }
    }

    @Override
    public void check(List<VectorPoint> points) {
        overlay.check(points);
    }

    @Override
    public void delete(List<String> ids) {
        overlay.delete(ids);
        ids.forEach(id -> told.accept("delete " + id));
    }

    @Override
    public void delete(SearchFilter filter) {
        overlay.deleted(filter).forEach(id -> told.accept("delete " + id));
    }

    @Override
    public Optional<VectorPoint> get(String id) {
        return overlay.get(id);
    }

    @Override
    public Found look(VectorQuery query, Set<String> hidden) {
        return overlay.look(query, hidden);
    }

    @Override
    public List<String> ids(SearchFilter filter, int most) {
        return overlay.ids(filter, most);
    }
}
