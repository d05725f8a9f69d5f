package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.onnx.OnnxFile;
import dev.treadle.testkit.onnx.OnnxType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Open Inference Protocol over HTTP, by the words of its specification. */
class OipTest {
    private static final String HEAD_LENGTH = "Inference-Header-Content-Length";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path data;
    private final HttpClient client = HttpClient.newHttpClient();
    private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
        node.push("scale", TestModels.scale(2));
    }

    @AfterEach
    void stop() {
        client.close();
        node.close();
    }

    @Test
    void healthIsForAnyoneAndTheRestForThoseWithTheToken() throws Exception {
        HttpRequest.Builder live = HttpRequest.newBuilder(URI.create(url("/v2/health/live")));
        assertThat(text(live).statusCode()).isEqualTo(200);
        assertThat(text(live).body()).isEqualTo("{\"live\":true}");
        assertThat(get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
        HttpRequest.Builder stranger = HttpRequest.newBuilder(URI.create(url("/v2")));
        assertThat(text(stranger).statusCode()).isEqualTo(401);
        assertThat(text(stranger.setHeader("Authorization", "Bearer wrong")).statusCode())
                .isEqualTo(401);
        assertThat(JSON.readTree(get("/v2").body()).path("extensions").toString())
                .isEqualTo("[\"binary_tensor_data\"]");
    }

    @Test
    void aModelTellsWhatItTakesAndGives() throws Exception {
        assertThat(get("/v2/models/scale").body())
                .isEqualTo(
                        "{\"name\":\"scale\",\"versions\":[\"1\"],\"platform\":\"onnxruntime_onnx\","
                                + "\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,3]}],"
                                + "\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[-1,3]}]}");
        assertThat(get("/v2/models/scale/ready").statusCode()).isEqualTo(200);
        assertThat(get("/v2/models/scale/versions/1/ready").statusCode()).isEqualTo(200);
        assertThat(get("/v2/models/scale/versions/9").statusCode()).isEqualTo(404);
        assertThat(get("/v2/models/none/ready").statusCode()).isEqualTo(404);
        assertThat(get("/v2/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void anInferenceInJsonTakesFlatAndNestedData() throws Exception {
        for (String values : List.of("[1,2,3,4,5,6]", "[[1,2,3],[4,5,6]]")) {
            HttpResponse<String> response = infer("scale", "FP32", "[2,3]", values);
            assertThat(response.body())
                    .isEqualTo(
                            "{\"model_name\":\"scale\",\"model_version\":\"1\",\"id\":\"a\","
                                    + "\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[2,3],"
                                    + "\"data\":[2.0,4.0,6.0,8.0,10.0,12.0]}]}");
        }
    }

    @Test
    void aVersionIsARelease() throws Exception {
        node.push("scale", TestModels.scale(10));
        String body = body("FP32", "[1,3]", "[1,2,3]");
        assertThat(post("/v2/models/scale/versions/1/infer", body).body())
                .contains("[2.0,4.0,6.0]");
        assertThat(post("/v2/models/scale/infer", body).body()).contains("[10.0,20.0,30.0]");
    }

    @Test
    void tensorsGoInAndOutAsBinaryData() throws Exception {
        String head =
                """
                {"parameters": {"binary_data_output": true},
                 "inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 3],
                             "parameters": {"binary_data_size": 12}}]}""";
        ByteBuffer floats = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        floats.putFloat(1).putFloat(2).putFloat(3);
        HttpResponse<byte[]> response = binary("/v2/models/scale/infer", head, floats.array());

        int length = Integer.parseInt(response.headers().firstValue(HEAD_LENGTH).orElseThrow());
        JsonNode output = JSON.readTree(response.body(), 0, length).path("outputs").path(0);
        assertThat(output.path("parameters").path("binary_data_size").asInt()).isEqualTo(12);
        ByteBuffer rest =
                ByteBuffer.wrap(response.body(), length, 12).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(List.of(rest.getFloat(), rest.getFloat(), rest.getFloat()))
                .containsExactly(2f, 4f, 6f);
    }

    @Test
    void textsGoInAndOutInBothForms() throws Exception {
        node.push("same", identity(OnnxType.STRING));
        assertThat(infer("same", "BYTES", "[1,2]", "[\"a\",\"é\"]").body())
                .contains("\"datatype\":\"BYTES\"", "[\"a\",\"é\"]");
        byte[] texts = {1, 0, 0, 0, 'a', 2, 0, 0, 0, 'b', 'c'};
        String head =
                """
                {"outputs": [{"name": "y", "parameters": {"binary_data": true}}],
                 "inputs": [{"name": "x", "datatype": "BYTES", "shape": [1, 2],
                             "parameters": {"binary_data_size": 11}}]}""";
        byte[] answer = binary("/v2/models/same/infer", head, texts).body();
        assertThat(Arrays.copyOfRange(answer, answer.length - 11, answer.length)).isEqualTo(texts);
    }

    @Test
    void whatDoesNotFitIsTheClientsFaultAndSaysWhy() throws Exception {
        assertBad(body("FP32", "[1,2]", "[1,2]"), "expected FP32[batch, 3], found FP32[1, 2]");
        assertBad(body("FP64", "[1,3]", "[1,2,3]"), "expected FP32[batch, 3], found FP64[1, 3]");
        assertBad(
                """
                {"inputs": [{"name": "x", "datatype": "FP32", "shape": [1,3], "data": [1,2,3]},
                            {"name": "z", "datatype": "FP32", "shape": [1], "data": [1]}]}""",
                "'z': expected one of the inputs [x: FP32[batch, 3]], found an unknown name");
        assertBad(
                body("FP99", "[1,3]", "[1,2,3]"),
                "has the datatype 'FP99'; expected one of FP32, ");
        assertBad(body("FP32", "[1,3]", "[1,2]"), "'x' has 2 elements, its shape 3");
        assertBad(body("FP32", "[1,3]", "[1,2,\"c\"]"), "among its data; expected FP32");
        assertBad("{}", "the request has no 'inputs'");
        assertBad("no json", "the request is not JSON");
        assertBad("{\"inputs\":[]}", "the tensor 'x': expected FP32[batch, 3], found nothing");
        assertBad(
                body("FP32", "[1,3]", "[1,2,3]")
                        .replace("\"id\":\"a\"", "\"outputs\":[{\"name\":\"z\"}]"),
                "the model has no 'z'; it has y");
    }

    @Test
    void numbersThatTheirTypeCannotHoldAreRefused() throws Exception {
        for (String values : List.of("[300,0]", "[-1,0]", "[18446744073709551616,0]")) {
            assertUnfit(OnnxType.UINT8, "UINT8", values);
        }
        assertUnfit(OnnxType.INT8, "INT8", "[128,0]");
        assertUnfit(OnnxType.UINT16, "UINT16", "[65536,0]");
        assertUnfit(OnnxType.UINT32, "UINT32", "[-1,0]");
        assertUnfit(OnnxType.INT64, "INT64", "[9223372036854775808,0]");
        assertUnfit(OnnxType.UINT64, "UINT64", "[-1,0]");
        assertUnfit(OnnxType.FLOAT, "FP32", "[1e300,0]");
        assertUnfit(OnnxType.FLOAT16, "FP16", "[65520,0]");
        assertUnfit(OnnxType.FLOAT, "FP32", "[\"one\",0]");
        assertUnfit(OnnxType.INT32, "INT32", "[1.5,0]");
    }

    private void assertUnfit(OnnxType type, String datatype, String values) throws Exception {
        node.push("same", identity(type));
        HttpResponse<String> response =
                post("/v2/models/same/infer", body(datatype, "[1,2]", values));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("'x' has ", "among its data; expected", datatype);
    }

    @Test
    void fractionsThatAreNoNumbersComeAsPythonWritesThemOrAsAnswersDo() throws Exception {
        for (String values : List.of("[NaN,-Infinity,1]", "[\"NaN\",\"-Infinity\",1.0]")) {
            assertThat(infer("scale", "FP32", "[1,3]", values).body())
                    .contains("[\"NaN\",\"-Infinity\",2.0]");
        }
    }

    @Test
    void whatIsCompressedIsUnderstood() throws Exception {
        byte[] body = body("FP32", "[1,3]", "[1,2,3]").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(body);
        }
        ByteArrayOutputStream deflate = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflate)) {
            out.write(body);
        }
        assertThat(encoded("gzip", gzip.toByteArray()).body()).contains("[2.0,4.0,6.0]");
        assertThat(encoded("deflate", deflate.toByteArray()).body()).contains("[2.0,4.0,6.0]");
        assertThat(encoded("identity", body).body()).contains("[2.0,4.0,6.0]");
        assertThat(encoded("gzip", body).statusCode()).isEqualTo(400);
        assertThat(encoded("gzip", body).body()).contains("the body is not gzip");
        assertThat(encoded("br", body).statusCode()).isEqualTo(415);
        assertThat(encoded("br", body).body()).contains("expected gzip, deflate or none");
    }

    @Test
    void aBodyThatIsTooLargeOnceItIsDecodedIsRefused() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            out.write(new byte[4 << 20]);
        }
        HttpResponse<String> response = encoded("gzip", bomb.toByteArray());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("(oip.payload-max)");
    }

    private HttpResponse<String> encoded(String encoding, byte[] body) throws Exception {
        return text(
                request("/v2/models/scale/infer")
                        .header("Content-Encoding", encoding)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    @Test
    void whatWouldBeAnotherAnswerThanWasAskedForIsRefused() throws Exception {
        String good = body("FP32", "[1,3]", "[1,2,3]");
        assertBad(
                good.replace(
                        "\"id\":\"a\"",
                        "\"outputs\":[{\"name\":\"y\",\"parameters\":{\"classification\":2}}]"),
                "outputs: 'y' has the parameter 'classification', of an extension that this server does not have; it has binary_tensor_data");
        assertBad(
                good.replace(
                        "\"data\":[1,2,3]",
                        "\"parameters\":{\"shared_memory_region\":\"r\",\"shared_memory_byte_size\":12}"),
                "inputs: 'x' has the parameter 'shared_memory_region', of an extension");
        assertBad(
                good.replace("\"id\":\"a\"", "\"outputs\":[{\"name\":\"y\"},{\"name\":\"y\"}]"),
                "outputs: 'y' is there twice");
        assertBad(good.replace("\"id\":\"a\"", "\"outputs\":{}"), "'outputs' is {}, no list");
        String input = good.replaceFirst(".*\\[\\{", "{").replaceFirst("\\]\\}$", "");
        assertBad("{\"inputs\":[%s,%s]}".formatted(input, input), "inputs: 'x' is there twice");
    }

    @Test
    void whatIsNotWellFormedSaysWhere() throws Exception {
        String good = body("FP32", "[1,3]", "[1,2,3]");
        assertBad(
                good.replace("\"x\"", "\"w\""),
                "the tensor 'x': expected FP32[batch, 3], found nothing, but 'w', which the model does not take");
        assertBad(
                good.replace(",\"data\":[1,2,3]", ""),
                "inputs: 'x' has no 'data', and no 'binary_data_size' among its parameters");
        assertBad(good.replace("[1,3]", "[99999999999999999999,3]"), "'x' has no 'shape' of whole");
        for (String size : List.of("1e30", "\"12\"", "-1")) {
            assertBad(
                    good.replace(
                            "\"data\":[1,2,3]",
                            "\"parameters\":{\"binary_data_size\":%s}".formatted(size)),
                    "inputs: 'x' has a binary_data_size of ");
        }
    }

    @Test
    void bytesThatAreNoTextAreRefusedRatherThanSpoilt() throws Exception {
        node.push("same", identity(OnnxType.STRING));
        String head =
                """
                {"inputs": [{"name": "x", "datatype": "BYTES", "shape": [1, 2],
                             "parameters": {"binary_data_size": 10}}]}""";
        byte[] json = head.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json);
        body.writeBytes(new byte[] {1, 0, 0, 0, (byte) 0xFF, 1, 0, 0, 0, 'a'});
        HttpResponse<String> response =
                text(
                        request("/v2/models/same/infer")
                                .header(HEAD_LENGTH, Integer.toString(json.length))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("'x' has bytes among its data that are no text");
    }

    private void assertBad(String body, String reason) throws Exception {
        HttpResponse<String> response = post("/v2/models/scale/infer", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).path("error").asString()).contains(reason);
    }

    private static byte[] identity(OnnxType type) {
        return new OnnxFile("identity")
                .input("x", type, "batch", 2)
                .output("y", type, "batch", 2)
                .node("Identity", List.of("x"), "y")
                .toBytes();
    }

    private HttpResponse<String> infer(String model, String datatype, String shape, String values)
            throws Exception {
        HttpResponse<String> response =
                post("/v2/models/" + model + "/infer", body(datatype, shape, values));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response;
    }

    private static String body(String datatype, String shape, String values) {
        return "{\"id\":\"a\",\"inputs\":[{\"name\":\"x\",\"datatype\":\"%s\",\"shape\":%s,\"data\":%s}]}"
                .formatted(datatype, shape, values);
    }

    private HttpResponse<byte[]> binary(String path, String head, byte[] data) throws Exception {
        byte[] json = head.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json);
        body.writeBytes(data);
        HttpResponse<byte[]> response =
                client.send(
                        request(path)
                                .header(HEAD_LENGTH, Integer.toString(json.length))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return response;
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return text(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return text(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path)))
                .header("Authorization", "Bearer " + TestNode.OIP_TOKEN);
    }

    private String url(String path) {
        return node.node.oipUrl().orElseThrow() + path;
    }

    private HttpResponse<String> text(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
