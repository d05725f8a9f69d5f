package dev.treadle.bindings.vectors;

import dev.treadle.SearchDocument;
import dev.treadle.SearchFilter;
import dev.treadle.VectorPoint;
import dev.treadle.VectorQuery;
import dev.treadle.bindings.search.Filters;
import dev.treadle.bindings.search.LuceneHome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A store that is an index of Lucene.
 *
 * @param pointsMax how many points it may have
 * @param patience how long a query may take
 */
record LuceneVectors(PointIndex index, VectorShape shape, int pointsMax, Duration patience)
        implements VectorStore {
    private static final Duration MEMORY_PATIENCE = Duration.ofSeconds(10);

    static LuceneVectors inFolder(
            LuceneHome home, String name, VectorShape shape, int pointsMax, Duration patience) {
        return new LuceneVectors(
                new PointIndex.Folder(home, name, patience), shape, pointsMax, patience);
    }

    static LuceneVectors inMemory(VectorShape shape, int pointsMax) {
        return new LuceneVectors(PointIndex.Memory.create(), shape, pointsMax, MEMORY_PATIENCE);
    }

    @Override
    public void put(List<VectorPoint> points) {
        PointDocument form = new PointDocument(shape.distance());
        index.put(
                points.stream().map(VectorPoint::id).toList(),
                pointsMax,
                open -> {
                    open.schema().begin(shape.text());
                    open.schema().add(documents(points));
                    for (VectorPoint point : points) {
                        open.replace(point.id(), form.write(point));
                    }
                });
    }

    @Override
    public void check(List<VectorPoint> points) {
        index.read(
                false,
                (_, schema) -> {
                    schema.requireShape(shape.text());
                    schema.copy().add(documents(points));
                    return true;
                });
    }

    private static List<SearchDocument> documents(List<VectorPoint> points) {
        return points.stream().map(VectorPoint::document).toList();
    }

    @Override
    public void delete(List<String> ids) {
        index.write(open -> open.delete(ids));
    }

    @Override
    public void delete(SearchFilter filter) {
        index.write(open -> open.delete(new Filters(open.schema()).query(filter)));
    }

    @Override
    public Optional<VectorPoint> get(String id) {
        return read(true, finder -> finder.get(id));
    }

    @Override
    public Found look(VectorQuery query, Set<String> hidden) {
        return read(query.fresh(), finder -> finder.look(query, hidden));
    }

    @Override
    public List<String> ids(SearchFilter filter, int most) {
        return read(true, finder -> finder.ids(filter, most));
    }

    private <T> T read(boolean fresh, PointFinder.Reading<T> reading) {
        return index.read(
                fresh,
                (reader, schema) -> {
                    schema.requireShape(shape.text());
                    return reading.from(new PointFinder(reader, schema, shape, patience));
                });
    }
}
