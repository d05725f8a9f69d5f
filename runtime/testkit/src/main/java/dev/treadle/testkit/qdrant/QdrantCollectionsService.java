package dev.treadle.testkit.qdrant;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.CollectionsGrpc;
import java.util.function.Supplier;

/** Makes collections and tells of them. */
final class QdrantCollectionsService extends CollectionsGrpc.CollectionsImplBase {
    private final QdrantMemory memory;

    QdrantCollectionsService(QdrantMemory memory) {
        this.memory = memory;
    }

    @Override
    public void create(
            CreateCollection request, StreamObserver<CollectionOperationResponse> answer) {
        answer(
                answer,
                () -> {
                    memory.create(request);
                    return CollectionOperationResponse.newBuilder().setResult(true).build();
                });
    }

    @Override
    public void get(
            GetCollectionInfoRequest request, StreamObserver<GetCollectionInfoResponse> answer) {
        answer(
                answer,
                () ->
                        GetCollectionInfoResponse.newBuilder()
                                .setResult(info(memory.get(request.getCollectionName())))
                                .build());
    }

    private static CollectionInfo info(QdrantMemory.Kept kept) {
        return CollectionInfo.newBuilder()
                .setConfig(
                        CollectionConfig.newBuilder()
                                .setParams(
                                        CollectionParams.newBuilder()
                                                .setVectorsConfig(kept.made().getVectorsConfig())
                                                .setSparseVectorsConfig(
                                                        kept.made().getSparseVectorsConfig())))
                .putAllPayloadSchema(kept.indexes())
                .setPointsCount(kept.points().size())
                .build();
    }

    static <T> void answer(StreamObserver<T> observer, Supplier<T> answer) {
        try {
            observer.onNext(answer.get());
            observer.onCompleted();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        }
    }
}
