package dev.treadle.testkit.qdrant;

import static dev.treadle.testkit.qdrant.QdrantCollectionsService.answer;

import dev.treadle.testkit.qdrant.QdrantMemory.Kept;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.BatchResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.FieldType;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.NamedVectorsOutput;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryBatchResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import io.qdrant.client.grpc.PointsGrpc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Keeps points and finds them: all are looked at. */
final class QdrantPointsService extends PointsGrpc.PointsImplBase {
    private static final PointsOperationResponse DONE =
            PointsOperationResponse.newBuilder()
                    .setResult(UpdateResult.newBuilder().setStatus(UpdateStatus.Completed))
                    .build();

    private final QdrantMemory memory;

    QdrantPointsService(QdrantMemory memory) {
        this.memory = memory;
    }

    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> answer) {
        answer(
                answer,
                () -> {
                    Kept kept = memory.get(request.getCollectionName());
                    List<PointStruct> points =
                            request.getPointsList().stream().map(p -> taken(kept, p)).toList();
                    points.forEach(point -> kept.points().put(point.getId(), point));
                    return DONE;
                });
    }

    /** Refuses other dimensions, and brings vectors to the length 1 where only angles count. */
    private static PointStruct taken(Kept kept, PointStruct point) {
        PointStruct.Builder taken = point.toBuilder();
        Map<String, Vector> vectors = point.getVectors().getVectors().getVectorsMap();
        vectors.forEach(
                (name, vector) -> {
                    if (kept.isSparse(name)) {
                        return;
                    }
                    int found = vector.getDense().getDataCount();
                    long expected = kept.vector(name).getSize();
                    if (found != expected) {
                        throw Status.INVALID_ARGUMENT
                                .withDescription(
                                        "Wrong input: Vector dimension error: expected dim: %d, got %d"
                                                .formatted(expected, found))
                                .asRuntimeException();
                    }
                    if (kept.vector(name).getDistance() == Distance.Cosine) {
                        taken.getVectorsBuilder()
                                .getVectorsBuilder()
                                .putVectors(name, unit(vector));
                    }
                });
        return taken.build();
    }

    private static Vector unit(Vector vector) {
        List<Float> data = vector.getDense().getDataList();
        double length = Math.sqrt(data.stream().mapToDouble(x -> (double) x * x).sum());
        return Vector.newBuilder()
                .setDense(
                        DenseVector.newBuilder()
                                .addAllData(data.stream().map(x -> (float) (x / length)).toList()))
                .build();
    }

    @Override
    public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> answer) {
        answer(
                answer,
                () -> {
                    Kept kept = memory.get(request.getCollectionName());
                    if (request.getPoints().hasFilter()) {
                        List<PointId> ids =
                                passing(kept, request.getPoints().getFilter())
                                        .map(PointStruct::getId)
                                        .toList();
                        kept.points().keySet().removeAll(ids);
                    } else {
                        kept.points()
                                .keySet()
                                .removeAll(request.getPoints().getPoints().getIdsList());
                    }
                    return DONE;
                });
    }

    @Override
    public void get(GetPoints request, StreamObserver<GetResponse> answer) {
        answer(
                answer,
                () -> {
                    Kept kept = memory.get(request.getCollectionName());
                    GetResponse.Builder found = GetResponse.newBuilder();
                    request.getIdsList().stream()
                            .filter(kept.points()::containsKey)
                            .map(kept.points()::get)
                            .forEach(point -> found.addResult(retrieved(point)));
                    return found.build();
                });
    }

    @Override
    public void scroll(ScrollPoints request, StreamObserver<ScrollResponse> answer) {
        answer(
                answer,
                () -> {
                    Kept kept = memory.get(request.getCollectionName());
                    ScrollResponse.Builder found = ScrollResponse.newBuilder();
                    passing(kept, request.getFilter())
                            .limit(request.getLimit())
                            .forEach(point -> found.addResult(retrieved(point)));
                    return found.build();
                });
    }

    @Override
    public void createFieldIndex(
            CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> answer) {
        answer(
                answer,
                () -> {
                    memory.get(request.getCollectionName())
                            .indexes()
                            .put(
                                    request.getFieldName(),
                                    PayloadSchemaInfo.newBuilder()
                                            .setDataType(type(request.getFieldType()))
                                            .build());
                    return DONE;
                });
    }

    private static PayloadSchemaType type(FieldType type) {
        return PayloadSchemaType.forNumber(type.getNumber() + 1);
    }

    @Override
    public void queryBatch(QueryBatchPoints request, StreamObserver<QueryBatchResponse> answer) {
        answer(
                answer,
                () -> {
                    QueryBatchResponse.Builder results = QueryBatchResponse.newBuilder();
                    for (QueryPoints query : request.getQueryPointsList()) {
                        results.addResult(found(memory.get(request.getCollectionName()), query));
                    }
                    return results.build();
                });
    }

    private static BatchResult found(Kept kept, QueryPoints query) {
        QdrantScores scores = QdrantScores.of(kept, query);
        Map<PointStruct, Float> scored = new HashMap<>();
        passing(kept, query.getFilter())
                .forEach(point -> scores.score(point).ifPresent(score -> scored.put(point, score)));
        BatchResult.Builder result = BatchResult.newBuilder();
        scored.entrySet().stream()
                .sorted(scores.best())
                .limit(query.getLimit())
                .forEach(each -> result.addResult(scored(each.getKey(), each.getValue())));
        return result.build();
    }

    private static Stream<PointStruct> passing(Kept kept, Filter filter) {
        return kept.points().values().stream()
                .filter(point -> QdrantConditions.holds(filter, point));
    }

    private static RetrievedPoint retrieved(PointStruct point) {
        return RetrievedPoint.newBuilder()
                .setId(point.getId())
                .putAllPayload(point.getPayloadMap())
                .setVectors(output(point))
                .build();
    }

    private static ScoredPoint scored(PointStruct point, float score) {
        Map<String, Value> payload = point.getPayloadMap();
        return ScoredPoint.newBuilder()
                .setId(point.getId())
                .setScore(score)
                .putAllPayload(payload)
                .setVectors(output(point))
                .build();
    }

    private static VectorsOutput output(PointStruct point) {
        NamedVectorsOutput.Builder named = NamedVectorsOutput.newBuilder();
        point.getVectors()
                .getVectors()
                .getVectorsMap()
                .forEach(
                        (name, vector) -> {
                            if (vector.hasDense()) {
                                named.putVectors(
                                        name,
                                        VectorOutput.newBuilder()
                                                .setDense(vector.getDense())
                                                .build());
                            }
                        });
        return VectorsOutput.newBuilder().setVectors(named).build();
    }
}
