package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.trigger.grpc.v1.FunctionsGrpc;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the listener for gRPC says of itself: its health, and its services by reflection. */
class GrpcReflectionTest {
    @TempDir Path data;
    private TestNode node;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
        channel = GrpcClients.channel(node.node.grpcAddress().orElseThrow());
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        node.close();
    }

    private static <S extends AbstractStub<S>> S authorized(S stub) {
        return GrpcClients.authorized(stub, TestNode.GRPC_TOKEN);
    }

    @Test
    void healthIsForAnyone() {
        HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
        for (String service : List.of("", FunctionsGrpc.SERVICE_NAME)) {
            assertThat(
                            health.check(
                                            HealthCheckRequest.newBuilder()
                                                    .setService(service)
                                                    .build())
                                    .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
        }
    }

    @Test
    void clientsMayAskWhatThereIs() throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> ask =
                authorized(ServerReflectionGrpc.newStub(channel))
                        .serverReflectionInfo(new First<>(answer));
        ask.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        ask.onCompleted();
        assertThat(answer.get(60, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains(FunctionsGrpc.SERVICE_NAME, HealthGrpc.SERVICE_NAME);
    }

    @Test
    void olderClientsMayAskWhatThereIsByReflectionsFirstName() throws Exception {
        CompletableFuture<io.grpc.reflection.v1alpha.ServerReflectionResponse> answer =
                new CompletableFuture<>();
        StreamObserver<io.grpc.reflection.v1alpha.ServerReflectionRequest> ask =
                authorized(io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(channel))
                        .serverReflectionInfo(new First<>(answer));
        ask.onNext(
                io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
                        .setFileContainingSymbol(FunctionsGrpc.SERVICE_NAME)
                        .build());
        ask.onCompleted();
        assertThat(answer.get(60, TimeUnit.SECONDS).hasFileDescriptorResponse()).isTrue();
    }

    private record First<T>(CompletableFuture<T> answer) implements StreamObserver<T> {
        @Override
        public void onNext(T response) {
            answer.complete(response);
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {}
    }
}
