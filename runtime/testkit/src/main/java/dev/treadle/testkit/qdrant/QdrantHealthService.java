package dev.treadle.testkit.qdrant;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.QdrantGrpc;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;

/** Says which version it is. */
final class QdrantHealthService extends QdrantGrpc.QdrantImplBase {
    @Override
    public void healthCheck(HealthCheckRequest request, StreamObserver<HealthCheckReply> answer) {
        answer.onNext(
                HealthCheckReply.newBuilder().setTitle("qdrant").setVersion("1.18.3").build());
        answer.onCompleted();
    }
}
