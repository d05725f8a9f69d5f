package dev.treadle.bindings.model.oip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.ElementType;
import dev.treadle.Tensor;
import dev.treadle.TensorMismatch;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.model.ModelProvider.Chosen;
import dev.treadle.protocols.oip.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import dev.treadle.protocols.oip.InferTensorContents;
import dev.treadle.protocols.oip.ModelInferRequest;
import dev.treadle.protocols.oip.ModelInferResponse;
import dev.treadle.protocols.oip.ModelInferResponse.InferOutputTensor;
import dev.treadle.protocols.oip.ModelMetadataRequest;
import dev.treadle.protocols.oip.ModelMetadataResponse;
import dev.treadle.protocols.oip.ModelMetadataResponse.TensorMetadata;
import dev.treadle.protocols.tensors.Datatypes;
import dev.treadle.protocols.tensors.TypedData;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.FreePort;
import dev.treadle.testkit.TestCall;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a server that answers in all the ways that the protocol lets it. */
class OipModelsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<String, Tensor> INPUTS = Map.of("x", Tensor.of(new int[] {7}, 1));

    private final List<Metadata> heard = new CopyOnWriteArrayList<>();
    private final AtomicReference<Duration> timeout = new AtomicReference<>();
    private final AtomicReference<Answer> answer = new AtomicReference<>();
    private ElementType type = ElementType.INT32;
    private Server server;
    private OipModels models;

    /** What the server does with a request. */
    private interface Answer {
        void to(ModelInferRequest request, StreamObserver<ModelInferResponse> observer);
    }

    @BeforeEach
    void start() throws IOException {
        server =
                Grpc.newServerBuilderForPort(FreePort.next(), InsecureServerCredentials.create())
                        .addService(new Model())
                        .intercept(new Ear())
                        .build()
                        .start();
        models =
                new OipModels(
                        new OipModel(
                                "127.0.0.1",
                                server.getPort(),
                                false,
                                Optional.empty(),
                                Optional.of("secret"),
                                Optional.empty(),
                                Optional.of("3")),
                        PATIENCE,
                        InstantSource.system());
    }

    @AfterEach
    void stop() {
        models.close();
        server.shutdownNow();
    }

    private final class Model extends GRPCInferenceServiceImplBase {
        @Override
        public void modelMetadata(
                ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> to) {
            TensorMetadata.Builder tensor =
                    TensorMetadata.newBuilder().setDatatype(Datatypes.of(type)).addShape(-1);
            to.onNext(
                    ModelMetadataResponse.newBuilder()
                            .addInputs(tensor.setName("x").build())
                            .addOutputs(tensor.setName("y").build())
                            .build());
            to.onCompleted();
        }

        @Override
        public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> to) {
            timeout.set(
                    Duration.ofNanos(
                            Objects.requireNonNull(Context.current().getDeadline())
                                    .timeRemaining(TimeUnit.NANOSECONDS)));
            answer.get().to(request, to);
        }
    }

    private final class Ear implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            heard.add(headers);
            return next.startCall(call, headers);
        }
    }

    private static void reply(
            StreamObserver<ModelInferResponse> to, ModelInferResponse.Builder response) {
        to.onNext(response.build());
        to.onCompleted();
    }

    private static ModelInferResponse.Builder typed(int... values) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        for (int value : values) {
            contents.addIntContents(value);
        }
        return ModelInferResponse.newBuilder()
                .addOutputs(
                        InferOutputTensor.newBuilder()
                                .setName("y")
                                .setDatatype("INT32")
                                .addShape(1)
                                .setContents(contents));
    }

    private Chosen chosen(TestCall call) {
        return models.choose("m", call);
    }

    @Test
    void tokenTraceDeadlineAndVersionGoAlong() {
        answer.set((_, to) -> reply(to, typed(8)));
        chosen(new TestCall(PATIENCE)).run(INPUTS, 0, PATIENCE);
        Metadata last = heard.getLast();
        assertThat(last.get(OipHome.key("authorization"))).isEqualTo("Bearer secret");
        assertThat(last.get(OipHome.key("traceparent"))).isEqualTo(TestCall.PATIENT.traceparent());
        assertThat(timeout.get()).isBetween(Duration.ofMillis(1), PATIENCE);
    }

    @Test
    void typedAndBinaryAnswersAreRead() {
        answer.set((_, to) -> reply(to, typed(8)));
        Tensor expected = Tensor.of(new int[] {8}, 1);
        assertThat(run()).containsExactly(Map.entry("y", expected));
        answer.set(
                (request, to) ->
                        reply(
                                to,
                                ModelInferResponse.newBuilder()
                                        .addOutputs(
                                                InferOutputTensor.newBuilder()
                                                        .setName("y")
                                                        .setDatatype("INT32")
                                                        .addShape(1))
                                        .addRawOutputContents(request.getRawInputContents(0))));
        assertThat(run()).containsExactly(Map.entry("y", Tensor.of(new int[] {7}, 1)));
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void everyTypeGoesThereAndComesBackInTheFormsThatItHas(ElementType element) {
        type = element;
        Tensor given = ones(element);
        answer.set((request, to) -> reply(to, same(request)));
        assertThat(chosen(TestCall.PATIENT).run(Map.of("x", given), 0, PATIENCE))
                .containsExactly(Map.entry("y", given));
        if (TypedData.has(element)) {
            answer.set((request, to) -> reply(to, same(request, TypedData.of(given))));
            assertThat(chosen(TestCall.PATIENT).run(Map.of("x", given), 0, PATIENCE))
                    .containsExactly(Map.entry("y", given));
        }
    }

    /** All bits set, which is the largest of those without a sign; no bits; no text. */
    private static Tensor ones(ElementType type) {
        if (type == ElementType.STRING) {
            return Tensor.of(List.of("é😀", ""), 2);
        }
        ByteBuffer bits = Tensor.direct(type, 2);
        for (int i = 0; i < type.bytes(); i++) {
            bits.put(i, (byte) (type == ElementType.BOOL ? 1 : 0xFF));
        }
        return Tensor.of(type, bits, 2);
    }

    private ModelInferResponse.Builder same(ModelInferRequest request) {
        return ModelInferResponse.newBuilder()
                .addOutputs(output())
                .addRawOutputContents(request.getRawInputContents(0));
    }

    private ModelInferResponse.Builder same(
            ModelInferRequest request, InferTensorContents contents) {
        assertThat(request.getInputs(0).getDatatype()).isEqualTo(Datatypes.of(type));
        return ModelInferResponse.newBuilder().addOutputs(output().setContents(contents));
    }

    private InferOutputTensor.Builder output() {
        return InferOutputTensor.newBuilder()
                .setName("y")
                .setDatatype(Datatypes.of(type))
                .addShape(2);
    }

    private Map<String, Tensor> run() {
        return chosen(TestCall.PATIENT).run(INPUTS, 0, PATIENCE);
    }

    @Test
    void theSignatureIsAskedForOnceAndHeldAgainst() {
        assertThat(chosen(TestCall.PATIENT).signature().toString())
                .isEqualTo("(x: int32[?]) -> (y: int32[?])");
        chosen(TestCall.PATIENT);
        assertThat(heard).hasSize(1);
        TensorMismatch mismatch =
                catchThrowableOfType(
                        TensorMismatch.class,
                        () ->
                                chosen(TestCall.PATIENT)
                                        .run(
                                                Map.of("x", Tensor.of(new long[] {1}, 1)),
                                                0,
                                                PATIENCE));
        assertThat(mismatch.expected()).isEqualTo(ElementType.INT32 + "[?]");
    }

    @Test
    void aServerThatDoesNotAnswerIsLeftAtTheDeadline() {
        answer.set((_, _) -> {});
        Chosen chosen = chosen(TestCall.PATIENT);
        StoreFailure failure =
                catchThrowableOfType(
                        StoreFailure.class, () -> chosen.run(INPUTS, 0, Duration.ofMillis(200)));
        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure.detail()).startsWith("no answer in time: DEADLINE_EXCEEDED");
    }

    @Test
    void aStatusIsTheRightKindOfFailure() {
        assertFails(Status.RESOURCE_EXHAUSTED, Reason.UNAVAILABLE, "it takes no more: ");
        assertFails(Status.UNAVAILABLE, Reason.UNAVAILABLE, "it cannot be reached: ");
        assertFails(Status.INTERNAL, Reason.FAILED, "INTERNAL: oh");
        assertFails(Status.INVALID_ARGUMENT, Reason.FAILED, "INVALID_ARGUMENT: oh");
        answer.set((_, to) -> reply(to, typed(8, 9)));
        assertFailed(Reason.FAILED, "of what it answers 'y' has 2 elements, its shape 1");
    }

    private void assertFails(Status status, Reason reason, String detail) {
        answer.set((_, to) -> to.onError(status.withDescription("oh").asException()));
        assertFailed(reason, detail);
    }

    private void assertFailed(Reason reason, String detail) {
        StoreFailure failure = catchThrowableOfType(StoreFailure.class, this::run);
        assertThat(failure.reason()).as(failure.detail()).isEqualTo(reason);
        assertThat(failure.detail()).startsWith(detail);
    }

    @Test
    void aServerThatComesBackIsFoundAgain() throws Exception {
        answer.set((_, to) -> reply(to, typed(8)));
        run();
        int port = server.getPort();
        server.shutdownNow().awaitTermination();
        Eventually.holds(() -> models.trouble("m").isPresent());
        server =
                Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                        .addService(new Model())
                        .build()
                        .start();
        Eventually.holds(() -> models.trouble("m").isEmpty());
        assertThat(run()).containsKey("y");
    }
}
