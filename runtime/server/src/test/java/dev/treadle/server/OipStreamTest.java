package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.protocols.oip.GRPCInferenceServiceGrpc;
import dev.treadle.protocols.oip.GRPCInferenceServiceGrpc.GRPCInferenceServiceStub;
import dev.treadle.protocols.oip.InferTensorContents;
import dev.treadle.protocols.oip.ModelInferRequest;
import dev.treadle.protocols.oip.ModelInferRequest.InferInputTensor;
import dev.treadle.protocols.oip.ModelStreamInferResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triton's extension of the Open Inference Protocol: many requests on one stream. */
class OipStreamTest {
    @TempDir Path data;
    private TestNode node;
    private ManagedChannel channel;
    private GRPCInferenceServiceStub client;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
        node.push("scale", TestModels.scale(2));
        channel = GrpcClients.channel(node.node.oipGrpcAddress().orElseThrow());
        client =
                GrpcClients.authorized(
                        GRPCInferenceServiceGrpc.newStub(channel), TestNode.OIP_TOKEN);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        node.close();
    }

    @Test
    void answersComeInTheRequestsOrderAndAFailureIsOneOfThem() throws Exception {
        Answers answers = new Answers();
        StreamObserver<ModelInferRequest> requests = client.modelStreamInfer(answers);
        for (int i = 0; i < 200; i++) {
            requests.onNext(request(i == 100 ? "none" : "scale", i));
        }
        requests.onCompleted();

        assertThat(answers.end.get(60, TimeUnit.SECONDS).isOk()).isTrue();
        assertThat(answers.all).hasSize(200);
        for (int i = 0; i < 200; i++) {
            ModelStreamInferResponse answer = answers.all.get(i);
            assertThat(answer.getInferResponse().getId()).isEqualTo(Integer.toString(i));
            if (i == 100) {
                assertThat(answer.getErrorMessage()).startsWith("there is no model 'none'");
            } else {
                assertThat(answer.getErrorMessage()).isEmpty();
                assertThat(answer.getInferResponse().getOutputs(0).getContents().getFp32Contents(0))
                        .isEqualTo(2f * i);
            }
        }
    }

    /** Ten times as much as the node keeps of one stream. */
    @Test
    void aCallerWhoReadsLateGetsAllAnswers() throws Exception {
        LateReader answers = new LateReader();
        ClientCallStreamObserver<ModelInferRequest> requests =
                (ClientCallStreamObserver<ModelInferRequest>) client.modelStreamInfer(answers);
        String large = "x".repeat(100_000);
        for (int i = 0; i < 100; i++) {
            requests.onNext(request("scale", i).toBuilder().setId(large).build());
        }
        requests.onCompleted();
        requests.request(101);

        assertThat(answers.end.get(60, TimeUnit.SECONDS).isOk()).isTrue();
        assertThat(answers.count).hasValue(100);
    }

    private static ModelInferRequest request(String model, int number) {
        InferInputTensor input =
                InferInputTensor.newBuilder()
                        .setName("x")
                        .setDatatype("FP32")
                        .addShape(1)
                        .addShape(3)
                        .setContents(
                                InferTensorContents.newBuilder()
                                        .addFp32Contents(number)
                                        .addFp32Contents(0)
                                        .addFp32Contents(0))
                        .build();
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .setId(Integer.toString(number))
                .addInputs(input)
                .build();
    }

    private static final class Answers implements StreamObserver<ModelStreamInferResponse> {
        final List<ModelStreamInferResponse> all = new ArrayList<>();
        final CompletableFuture<Status> end = new CompletableFuture<>();

        @Override
        public void onNext(ModelStreamInferResponse answer) {
            all.add(answer);
        }

        @Override
        public void onError(Throwable failure) {
            end.complete(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }

    /** Reads when it is told to. */
    private static final class LateReader
            implements ClientResponseObserver<ModelInferRequest, ModelStreamInferResponse> {
        final CompletableFuture<Status> end = new CompletableFuture<>();
        final AtomicInteger count = new AtomicInteger();

        @Override
        public void beforeStart(ClientCallStreamObserver<ModelInferRequest> requests) {
            requests.disableAutoRequestWithInitial(0);
        }

        @Override
        public void onNext(ModelStreamInferResponse answer) {
            count.incrementAndGet();
        }

        @Override
        public void onError(Throwable failure) {
            end.complete(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }
}
