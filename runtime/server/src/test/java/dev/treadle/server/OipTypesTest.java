package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.treadle.ElementType;
import dev.treadle.Tensor;
import dev.treadle.protocols.oip.GRPCInferenceServiceGrpc;
import dev.treadle.protocols.oip.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.treadle.protocols.oip.InferTensorContents;
import dev.treadle.protocols.oip.ModelInferRequest;
import dev.treadle.protocols.oip.ModelInferRequest.InferInputTensor;
import dev.treadle.protocols.oip.ModelInferResponse;
import dev.treadle.protocols.tensors.BinaryData;
import dev.treadle.protocols.tensors.Datatypes;
import dev.treadle.protocols.tensors.TypedData;
import dev.treadle.testkit.onnx.OnnxFile;
import dev.treadle.testkit.onnx.OnnxType;
import io.grpc.ManagedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every element type through every form that the protocol has for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OipTypesTest {
    private static final String HEAD_LENGTH = "Inference-Header-Content-Length";

    private final HttpClient http = HttpClient.newHttpClient();
    private TestNode node;
    private ManagedChannel channel;
    private GRPCInferenceServiceBlockingStub grpc;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        node = new TestNode(data);
        for (ElementType type : ElementType.values()) {
            node.push(model(type), identity(type, "batch", 2));
            node.push(model(type) + "-one", identity(type));
        }
        channel = GrpcClients.channel(node.node.oipGrpcAddress().orElseThrow());
        grpc =
                GrpcClients.authorized(
                        GRPCInferenceServiceGrpc.newBlockingStub(channel), TestNode.OIP_TOKEN);
    }

    @AfterAll
    void stop() {
        channel.shutdownNow();
        http.close();
        node.close();
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void jsonAndBinaryDataSayTheSame(ElementType type) throws Exception {
        String values = values(type);
        assertThat(data(json(model(type), type, "[1,2]", values))).isEqualTo(values);

        byte[] binary = binary(model(type), type, "[1,2]", values);
        assertThat(data(fromBinary(model(type), type, "[1,2]", binary))).isEqualTo(values);
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void noRowsAndSingleValuesAreTensorsToo(ElementType type) throws Exception {
        assertThat(data(json(model(type), type, "[0,2]", "[]"))).isEqualTo("[]");
        assertThat(binary(model(type), type, "[0,2]", "[]")).isEmpty();
        String one = values(type).replaceFirst(",.*", "]");
        assertThat(data(json(model(type) + "-one", type, "[]", one))).isEqualTo(one);
        ByteString bytes = ByteString.copyFrom(binary(model(type) + "-one", type, "[]", one));
        ModelInferResponse answer =
                grpc.modelInfer(
                        input(model(type) + "-one", type).addRawInputContents(bytes).build());
        assertThat(answer.getOutputs(0).getShapeCount()).isZero();
        assertThat(answer.getRawOutputContents(0)).isEqualTo(bytes);
        assertThat(
                        grpc.modelInfer(
                                        input(model(type), type, 0, 2)
                                                .addRawInputContents(ByteString.EMPTY)
                                                .build())
                                .getOutputs(0)
                                .getShapeList())
                .containsExactly(0L, 2L);
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void grpcCarriesItRawAndTypedWhereItHasAFieldForIt(ElementType type) throws Exception {
        byte[] binary = binary(model(type), type, "[1,2]", values(type));
        ByteString bytes = ByteString.copyFrom(binary);
        ModelInferResponse raw =
                grpc.modelInfer(input(model(type), type, 1, 2).addRawInputContents(bytes).build());
        assertThat(raw.getOutputs(0).getDatatype()).isEqualTo(Datatypes.of(type));
        assertThat(raw.getRawOutputContentsList()).containsExactly(bytes);
        if (TypedData.has(type)) {
            InferTensorContents contents =
                    TypedData.of(
                            BinaryData.read(
                                    "x", type, new long[] {1, 2}, bytes.asReadOnlyByteBuffer()));
            ModelInferRequest.Builder request = input(model(type), type, 1, 2);
            request.getInputsBuilder(0).setContents(contents);
            assertThat(grpc.modelInfer(request.build()).getOutputs(0).getContents())
                    .isEqualTo(contents);
        }
    }

    @Test
    void aModelKnowsAnEmojiAndWritesOneInEveryForm() throws Exception {
        node.push("rockets", rockets());
        String given = "[\"😀\",\"\\ud83d\\ude00\",\"a\\u0000b\",\"😁\"]";
        String expected = "[\"🚀\",\"🚀\",\"\\u0000\",\"?🔢\"]";
        assertThat(data(json("rockets", ElementType.STRING, "[4]", given))).isEqualTo(expected);

        byte[] sent = binary(model(ElementType.STRING), ElementType.STRING, "[2,2]", given);
        byte[] wanted = binary(model(ElementType.STRING), ElementType.STRING, "[2,2]", expected);
        assertThat(data(fromBinary("rockets", ElementType.STRING, "[4]", sent)))
                .isEqualTo(expected);
        ModelInferRequest.Builder raw =
                input("rockets", ElementType.STRING, 4)
                        .addRawInputContents(ByteString.copyFrom(sent));
        assertThat(grpc.modelInfer(raw.build()).getRawOutputContentsList())
                .containsExactly(ByteString.copyFrom(wanted));

        ModelInferRequest.Builder typed = input("rockets", ElementType.STRING, 2);
        typed.getInputsBuilder(0).setContents(TypedData.of(Tensor.of(List.of("😀", "a\0b"), 2)));
        assertThat(grpc.modelInfer(typed.build()).getOutputs(0).getContents())
                .isEqualTo(TypedData.of(Tensor.of(List.of("🚀", "\0"), 2)));
    }

    @Test
    void halfOfASurrogatePairInJsonIsTheClientsFault() throws Exception {
        HttpResponse<byte[]> response =
                send(
                        model(ElementType.STRING),
                        head(ElementType.STRING, "[1,2]", "\"data\":[\"a\",\"\\ud83d\"]", "false"),
                        new byte[0]);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .contains(
                        "expected BYTES[batch, 2] of Unicode texts, found half of a surrogate pair in element 1");
    }

    private static byte[] rockets() {
        return new OnnxFile("rockets")
                .input("x", OnnxType.STRING, "batch")
                .output("y", OnnxType.STRING, "batch")
                .mlNode(
                        "LabelEncoder",
                        List.of("x"),
                        "y",
                        new OnnxFile.Attributes()
                                .texts("keys_strings", List.of("😀", "a\0b"))
                                .texts("values_strings", List.of("🚀", "\0"))
                                .text("default_string", "?🔢"))
                .toBytes();
    }

    /** Two at the edges, as answers write them. */
    private static String values(ElementType type) {
        return switch (type) {
            case BOOL -> "[true,false]";
            case INT8 -> "[-128,127]";
            case INT16 -> "[-32768,32767]";
            case INT32 -> "[-2147483648,2147483647]";
            case INT64 -> "[-9223372036854775808,9223372036854775807]";
            case UINT8 -> "[255,0]";
            case UINT16 -> "[65535,0]";
            case UINT32 -> "[4294967295,0]";
            case UINT64 -> "[18446744073709551615,0]";
            case FLOAT16 -> "[65504.0,-0.5]";
            case BFLOAT16 -> "[\"NaN\",-2.0]";
            case FLOAT -> "[3.4028235E38,\"-Infinity\"]";
            case DOUBLE -> "[-1.7976931348623157E308,\"Infinity\"]";
            case STRING -> "[\"é😀\",\"\"]";
        };
    }

    private static String model(ElementType type) {
        return type.toString().toLowerCase(Locale.ROOT);
    }

    private static byte[] identity(ElementType type, Object... shape) {
        OnnxType theirs = OnnxType.valueOf(type.name());
        return new OnnxFile("identity")
                .input("x", theirs, shape)
                .output("y", theirs, shape)
                .node("Identity", List.of("x"), "y")
                .toBytes();
    }

    private static ModelInferRequest.Builder input(String model, ElementType type, long... shape) {
        InferInputTensor.Builder input =
                InferInputTensor.newBuilder().setName("x").setDatatype(Datatypes.of(type));
        for (long size : shape) {
            input.addShape(size);
        }
        return ModelInferRequest.newBuilder().setModelName(model).addInputs(input);
    }

    private String json(String model, ElementType type, String shape, String values)
            throws Exception {
        return new String(
                infer(model, head(type, shape, "\"data\":" + values, "false"), new byte[0]).body(),
                StandardCharsets.UTF_8);
    }

    /** What is there in JSON, as binary data. */
    private byte[] binary(String model, ElementType type, String shape, String values)
            throws Exception {
        HttpResponse<byte[]> response =
                infer(model, head(type, shape, "\"data\":" + values, "true"), new byte[0]);
        int length = Integer.parseInt(response.headers().firstValue(HEAD_LENGTH).orElseThrow());
        return Arrays.copyOfRange(response.body(), length, response.body().length);
    }

    private String fromBinary(String model, ElementType type, String shape, byte[] data)
            throws Exception {
        String size = "\"parameters\":{\"binary_data_size\":%d}".formatted(data.length);
        return new String(
                infer(model, head(type, shape, size, "false"), data).body(),
                StandardCharsets.UTF_8);
    }

    private static String head(ElementType type, String shape, String data, String isBinary) {
        return "{\"parameters\":{\"binary_data_output\":%s},\"inputs\":[{\"name\":\"x\",\"datatype\":\"%s\",\"shape\":%s,%s}]}"
                .formatted(isBinary, Datatypes.of(type), shape, data);
    }

    private HttpResponse<byte[]> infer(String model, String head, byte[] data) throws Exception {
        HttpResponse<byte[]> response = send(model, head, data);
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return response;
    }

    private HttpResponse<byte[]> send(String model, String head, byte[] data) throws Exception {
        byte[] json = head.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json);
        body.writeBytes(data);
        return http.send(
                HttpRequest.newBuilder(
                                URI.create(
                                        "%s/v2/models/%s/infer"
                                                .formatted(
                                                        node.node.oipUrl().orElseThrow(), model)))
                        .header("Authorization", "Bearer " + TestNode.OIP_TOKEN)
                        .header(HEAD_LENGTH, Integer.toString(json.length))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String data(String answer) {
        return answer.replaceFirst(".*\"data\":", "").replaceFirst("\\}\\]\\}$", "");
    }
}
