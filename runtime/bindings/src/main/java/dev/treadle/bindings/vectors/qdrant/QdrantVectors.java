package dev.treadle.bindings.vectors.qdrant;

import dev.treadle.SearchDocument;
import dev.treadle.SearchFilter;
import dev.treadle.VectorMatch;
import dev.treadle.VectorPoint;
import dev.treadle.VectorQuery;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.search.Schema;
import dev.treadle.bindings.vectors.Found;
import dev.treadle.bindings.vectors.VectorShape;
import dev.treadle.bindings.vectors.VectorStore;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.BatchResult;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.SearchParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A store that is a collection of a Qdrant. Safe for threads. */
final class QdrantVectors implements VectorStore {
    /** A message of which every server takes at least so much. */
    private static final int MESSAGE_BYTES = 3 << 20;

    /** So many are looked at: more of them, fewer are missed. */
    private static final int LOOKED_AT = 200;

    private final QdrantHome home;
    private final QdrantCollection collection;
    private final VectorShape shape;

    QdrantVectors(QdrantHome home, QdrantCollection collection, VectorShape shape) {
        this.home = home;
        this.collection = collection;
        this.shape = shape;
    }

    @Override
    public void put(List<VectorPoint> points) {
        List<PointStruct> written = points.stream().map(QdrantPoints::write).toList();
        there(
                () -> {
                    collection.prepare(documents(points));
                    int from = 0;
                    while (from < written.size()) {
                        int to = end(written, from);
                        List<PointStruct> some = written.subList(from, to);
                        home.call(client -> client.upsertAsync(collection.name(), some));
                        from = to;
                    }
                    return true;
                });
    }

    /** How far a message goes that begins with this point. */
    private static int end(List<PointStruct> points, int from) {
        int bytes = points.get(from).getSerializedSize();
        int to = from + 1;
        while (to < points.size() && bytes + points.get(to).getSerializedSize() < MESSAGE_BYTES) {
            bytes += points.get(to).getSerializedSize();
            to++;
        }
        return to;
    }

    @Override
    public void check(List<VectorPoint> points) {
        collection.check(documents(points));
    }

    private static List<SearchDocument> documents(List<VectorPoint> points) {
        return points.stream().map(VectorPoint::document).toList();
    }

    @Override
    public void delete(List<String> ids) {
        List<PointId> theirs = ids.stream().map(QdrantPoints::id).toList();
        there(
                () ->
                        collection
                                .look()
                                .map(
                                        _ ->
                                                home.call(
                                                        client ->
                                                                client.deleteAsync(
                                                                        collection.name(),
                                                                        theirs))));
    }

    @Override
    public void delete(SearchFilter filter) {
        there(
                () ->
                        collection
                                .look()
                                .map(schema -> allowed(schema, Optional.of(filter), Set.of()))
                                .map(
                                        those ->
                                                home.call(
                                                        client ->
                                                                client.deleteAsync(
                                                                        collection.name(),
                                                                        those))));
    }

    @Override
    public Optional<VectorPoint> get(String id) {
        return there(() -> collection.look().flatMap(_ -> retrieve(id)));
    }

    private Optional<VectorPoint> retrieve(String id) {
        return home
                .call(
                        client ->
                                client.retrieveAsync(
                                        collection.name(),
                                        List.of(QdrantPoints.id(id)),
                                        WithPayloadSelectorFactory.enable(true),
                                        WithVectorsSelectorFactory.include(
                                                List.of(QdrantPoints.VECTOR)),
                                        null))
                .stream()
                .findFirst()
                .map(point -> QdrantPoints.read(point.getPayloadMap(), point.getVectors()));
    }

    @Override
    public Found look(VectorQuery query, Set<String> hidden) {
        return there(
                () ->
                        collection
                                .look()
                                .map(schema -> look(query, allowed(schema, query.filter(), hidden)))
                                .orElseGet(() -> new Found(List.of(), Optional.empty())));
    }

    private Found look(VectorQuery query, Filter allowed) {
        float[] wanted = query.vector();
        List<QueryPoints> queries = new ArrayList<>();
        queries.add(
                asked(query, allowed)
                        .setUsing(QdrantPoints.VECTOR)
                        .setQuery(QueryFactory.nearest(wanted))
                        .setParams(SearchParams.newBuilder().setHnswEf(LOOKED_AT))
                        .build());
        WordWeights words = WordWeights.ofQuery(query.text());
        if (!words.isEmpty()) {
            queries.add(
                    asked(query, allowed)
                            .setUsing(QdrantPoints.WORDS)
                            .setQuery(QueryFactory.nearest(words.values(), words.indices()))
                            .build());
        }
        List<BatchResult> results =
                home.call(client -> client.queryBatchAsync(collection.name(), queries));
        List<VectorMatch> nearest = new ArrayList<>();
        for (ScoredPoint point : results.getFirst().getResultList()) {
            VectorPoint read = QdrantPoints.read(point.getPayloadMap(), point.getVectors());
            nearest.add(new VectorMatch(shape.score(wanted, read.vector()), read));
        }
        return new Found(
                nearest,
                words.isEmpty() ? Optional.empty() : Optional.of(matches(results.getLast())));
    }

    private static List<VectorMatch> matches(BatchResult result) {
        return result.getResultList().stream()
                .map(
                        point ->
                                new VectorMatch(
                                        point.getScore(),
                                        QdrantPoints.read(
                                                point.getPayloadMap(), point.getVectors())))
                .toList();
    }

    private QueryPoints.Builder asked(VectorQuery query, Filter allowed) {
        return QueryPoints.newBuilder()
                .setCollectionName(collection.name())
                .setFilter(allowed)
                .setLimit(query.limit())
                .setWithPayload(WithPayloadSelectorFactory.enable(true))
                .setWithVectors(WithVectorsSelectorFactory.include(List.of(QdrantPoints.VECTOR)));
    }

    private static Filter allowed(
            Schema schema, Optional<SearchFilter> filter, Set<String> hidden) {
        return new QdrantFilters(schema).allowed(filter, hidden);
    }

    @Override
    public List<String> ids(SearchFilter filter, int most) {
        return there(
                () ->
                        collection
                                .look()
                                .map(schema -> allowed(schema, Optional.of(filter), Set.of()))
                                .map(those -> ids(those, most))
                                .orElse(List.of()));
    }

    private List<String> ids(Filter filter, int most) {
        ScrollPoints scroll =
                ScrollPoints.newBuilder()
                        .setCollectionName(collection.name())
                        .setFilter(filter)
                        .setLimit(most)
                        .setWithPayload(
                                WithPayloadSelectorFactory.include(List.of(QdrantPoints.ID)))
                        .build();
        return home.call(client -> client.scrollAsync(scroll)).getResultList().stream()
                .map(RetrievedPoint::getPayloadMap)
                .map(QdrantPoints::id)
                .toList();
    }

    /** A collection that somebody has deleted is looked for anew by the next call. */
    private <T> T there(Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreFailure e) {
            if (QdrantHome.isMissing(e)) {
                collection.forget();
            }
            throw e;
        }
    }
}
