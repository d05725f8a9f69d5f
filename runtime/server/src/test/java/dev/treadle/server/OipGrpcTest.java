package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.treadle.protocols.oip.GRPCInferenceServiceGrpc;
import dev.treadle.protocols.oip.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.treadle.protocols.oip.InferParameter;
import dev.treadle.protocols.oip.InferTensorContents;
import dev.treadle.protocols.oip.ModelInferRequest;
import dev.treadle.protocols.oip.ModelInferRequest.InferInputTensor;
import dev.treadle.protocols.oip.ModelInferResponse;
import dev.treadle.protocols.oip.ModelMetadataRequest;
import dev.treadle.protocols.oip.ModelMetadataResponse;
import dev.treadle.protocols.oip.ModelReadyRequest;
import dev.treadle.protocols.oip.ServerLiveRequest;
import dev.treadle.protocols.oip.ServerMetadataRequest;
import dev.treadle.protocols.oip.ServerReadyRequest;
import dev.treadle.testkit.onnx.OnnxFile;
import dev.treadle.testkit.onnx.OnnxType;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Open Inference Protocol over gRPC, with gRPC's own client. */
class OipGrpcTest {
    @TempDir Path data;
    private TestNode node;
    private ManagedChannel channel;
    private GRPCInferenceServiceBlockingStub stranger;
    private GRPCInferenceServiceBlockingStub client;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
        node.push("scale", TestModels.scale(2));
        channel = GrpcClients.channel(node.node.oipGrpcAddress().orElseThrow());
        stranger =
                GRPCInferenceServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(60, TimeUnit.SECONDS);
        client = GrpcClients.authorized(stranger, TestNode.OIP_TOKEN);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        node.close();
    }

    @Test
    void healthIsForAnyoneAndTheRestForThoseWithTheToken() {
        assertThat(stranger.serverLive(ServerLiveRequest.getDefaultInstance()).getLive()).isTrue();
        assertThat(stranger.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                .isTrue();
        ServerMetadataRequest request = ServerMetadataRequest.getDefaultInstance();
        assertThat(client.serverMetadata(request).getExtensionsList())
                .containsExactly("binary_tensor_data");
        Status refused = failure(() -> stranger.serverMetadata(request));
        assertThat(refused.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refused.getDescription())
                .isEqualTo("send the token of oip.token as 'Authorization: Bearer …'");
        GRPCInferenceServiceBlockingStub wrong = GrpcClients.authorized(stranger, "something-else");
        assertThat(failure(() -> wrong.serverMetadata(request)).getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void aModelTellsWhatItTakesAndGives() {
        ModelMetadataResponse model = client.modelMetadata(about("scale", ""));
        assertThat(model.getVersionsList()).containsExactly("1");
        assertThat(model.getPlatform()).isEqualTo("onnxruntime_onnx");
        assertThat(model.getInputs(0).getName()).isEqualTo("x");
        assertThat(model.getInputs(0).getDatatype()).isEqualTo("FP32");
        assertThat(model.getInputs(0).getShapeList()).containsExactly(-1L, 3L);
        assertThat(model.getOutputs(0).getName()).isEqualTo("y");
        assertThat(ready("scale", "1")).isTrue();
        assertThat(ready("scale", "9")).isFalse();
        assertThat(ready("none", "")).isFalse();
        Status unknown = failure(() -> client.modelMetadata(about("none", "")));
        assertThat(unknown.getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(unknown.getDescription()).startsWith("there is no model 'none'; push it:");
    }

    private static ModelMetadataRequest about(String model, String version) {
        return ModelMetadataRequest.newBuilder().setName(model).setVersion(version).build();
    }

    private boolean ready(String model, String version) {
        return client.modelReady(
                        ModelReadyRequest.newBuilder().setName(model).setVersion(version).build())
                .getReady();
    }

    @Test
    void whatComesTypedIsAnsweredTyped() {
        ModelInferResponse answer =
                client.modelInfer(
                        typed("scale", "FP32", data -> data.addAllFp32Contents(row()), 1, 3)
                                .setId("a")
                                .build());
        assertThat(answer.getId()).isEqualTo("a");
        assertThat(answer.getModelName()).isEqualTo("scale");
        assertThat(answer.getModelVersion()).isEqualTo("1");
        assertThat(answer.getOutputs(0).getShapeList()).containsExactly(1L, 3L);
        assertThat(answer.getOutputs(0).getContents().getFp32ContentsList())
                .containsExactly(2f, 4f, 6f);
        assertThat(answer.getRawOutputContentsCount()).isZero();
    }

    @Test
    void whatComesInBinaryFormIsAnsweredInBinaryForm() {
        ModelInferResponse answer = client.modelInfer(binaryRow().build());
        assertThat(answer.getOutputs(0).hasContents()).isFalse();
        ByteBuffer floats =
                answer.getRawOutputContents(0)
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(List.of(floats.getFloat(), floats.getFloat(), floats.getFloat()))
                .containsExactly(2f, 4f, 6f);
    }

    @Test
    void aVersionIsARelease() {
        node.push("scale", TestModels.scale(10));
        ModelInferRequest.Builder request =
                typed("scale", "FP32", data -> data.addAllFp32Contents(row()), 1, 3);
        assertThat(floats(request.setModelVersion("1"))).containsExactly(2f, 4f, 6f);
        assertThat(floats(request.setModelVersion(""))).containsExactly(10f, 20f, 30f);
    }

    private List<Float> floats(ModelInferRequest.Builder request) {
        return client.modelInfer(request.build()).getOutputs(0).getContents().getFp32ContentsList();
    }

    @Test
    void halvesGoInBinaryFormOnly() {
        node.push("half", identity(OnnxType.FLOAT16));
        ByteString halves = ByteString.copyFrom(new byte[] {0, 0x38, 0, (byte) 0xC0});
        ModelInferRequest.Builder request = input("half", "FP16", 1, 2);
        assertThat(
                        client.modelInfer(request.addRawInputContents(halves).build())
                                .getRawOutputContents(0))
                .isEqualTo(halves);
        assertBad(
                input("half", "FP16", 1, 2), "inputs: 'x' is FP16, which goes in binary form only");
    }

    @Test
    void whatDoesNotFitIsTheClientsFaultAndSaysWhy() {
        Consumer<InferTensorContents.Builder> two = d -> d.addFp32Contents(1).addFp32Contents(2);
        assertBad(
                typed("scale", "FP32", two, 1, 2),
                "the model scale: the tensor 'x': expected FP32[batch, 3], found FP32[1, 2]");
        assertBad(typed("scale", "FP32", two, 1, 3), "inputs: 'x' has 2 elements, its shape 3");
        assertBad(
                typed("scale", "FP99", two, 1, 2), "'x' has the datatype 'FP99'; expected one of");
        assertBad(typed("scale", "FP32", two, -1, 2), "'x' cannot have the shape [-1, 2]");
        assertBad(
                typed("scale", "INT8", d -> d.addIntContents(300), 1),
                "'x' has 300 among its data; expected INT8");
        assertBad(
                binaryRow().addRawInputContents(ByteString.EMPTY),
                "there are 1 inputs and 2 raw_input_contents");
        assertBad(
                input("scale", "FP32", 1, 3).addRawInputContents(ByteString.copyFromUtf8("abcd")),
                "'x' has 4 bytes of binary data, which its shape does not have");
        assertBad(
                binaryRow()
                        .addOutputs(
                                ModelInferRequest.InferRequestedOutputTensor.newBuilder()
                                        .setName("z")),
                "outputs: the model has no 'z'; it has y");
        assertBad(
                binaryRow()
                        .addOutputs(
                                ModelInferRequest.InferRequestedOutputTensor.newBuilder()
                                        .setName("y")
                                        .putParameters(
                                                "classification",
                                                InferParameter.newBuilder()
                                                        .setInt64Param(2)
                                                        .build())),
                "outputs: 'y' has the parameter 'classification', of an extension that this server does not have");
        assertBad(
                binaryRow()
                        .addInputs(binaryRow().getInputs(0))
                        .addRawInputContents(binaryRow().getRawInputContents(0)),
                "inputs: 'x' is there twice");
        assertBad(
                ModelInferRequest.newBuilder().setModelName("scale"),
                "the tensor 'x': expected FP32[batch, 3], found nothing");
    }

    private void assertBad(ModelInferRequest.Builder request, String reason) {
        Status status = failure(() -> client.modelInfer(request.build()));
        assertThat(status.getCode())
                .as(status.getDescription())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains(reason);
    }

    @Test
    void aRequestThatIsTooLargeEndsWithAReason() {
        ModelInferRequest request =
                input("scale", "FP32", 1, 3)
                        .addRawInputContents(ByteString.copyFrom(new byte[2 << 20]))
                        .build();
        Status status = failure(() -> client.modelInfer(request));
        assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status.getDescription()).contains("exceeds maximum size");
        assertThat(client.modelInfer(binaryRow().build()).getOutputsCount()).isEqualTo(1);
    }

    @Test
    void compressedRequestsAreUnderstood() {
        ModelInferResponse answer = client.withCompression("gzip").modelInfer(binaryRow().build());
        assertThat(answer.getRawOutputContentsCount()).isEqualTo(1);
    }

    private static List<Float> row() {
        return List.of(1f, 2f, 3f);
    }

    private static ModelInferRequest.Builder binaryRow() {
        ByteBuffer floats = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        row().forEach(floats::putFloat);
        return input("scale", "FP32", 1, 3).addRawInputContents(ByteString.copyFrom(floats.flip()));
    }

    private static ModelInferRequest.Builder typed(
            String model,
            String datatype,
            Consumer<InferTensorContents.Builder> values,
            long... shape) {
        ModelInferRequest.Builder request = input(model, datatype, shape);
        values.accept(request.getInputsBuilder(0).getContentsBuilder());
        return request;
    }

    private static ModelInferRequest.Builder input(String model, String datatype, long... shape) {
        InferInputTensor.Builder input =
                InferInputTensor.newBuilder().setName("x").setDatatype(datatype);
        for (long size : shape) {
            input.addShape(size);
        }
        return ModelInferRequest.newBuilder().setModelName(model).addInputs(input);
    }

    private static byte[] identity(OnnxType type) {
        return new OnnxFile("identity")
                .input("x", type, "batch", 2)
                .output("y", type, "batch", 2)
                .node("Identity", List.of("x"), "y")
                .toBytes();
    }

    private static Status failure(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus();
    }
}
