package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.grpc.v1.InvokeRequest;
import io.grpc.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls over gRPC as clients of all makes put them on the wire. */
class GrpcWireTest {
    private static final String INVOKE = "/treadle.v1.Functions/Invoke";
    private static final String STREAM = "/treadle.v1.Functions/InvokeStream";
    private static final byte[] NO_SETTINGS = {};

    /** Two settings that RFC 9113 does not have, as gRPC's C core sends them, and a window. */
    private static final byte[] UNKNOWN_SETTINGS =
            HexFormat.of().parseHex("fe0300000001" + "fe0400400000" + "000400400000");

    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
        node.deploy("echo", TestNode.ECHO);
        node.deploy(
                "waits",
                """
                public class Waits implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        new java.util.concurrent.CountDownLatch(1).await();
                        return Response.ok();
                    }
                }
                """,
                "limits: {timeout: 30s}");
        node.deploy(
                "endless",
                """
                public class Endless implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.stream(out -> {
                            while (true) {
                                out.write(new byte[1000]);
                                out.flush();
                            }
                        });
                    }
                }
                """,
                "limits: {stream: 1h}");
    }

    private RawHttp2 client(byte[] settings) throws IOException {
        return new RawHttp2(node.node.grpcAddress().orElseThrow(), settings);
    }

    private static void call(RawHttp2 client, int stream, String path, String function)
            throws IOException {
        call(client, stream, path, function, Map.of());
    }

    private static void call(
            RawHttp2 client, int stream, String path, String function, Map<String, String> headers)
            throws IOException {
        byte[] message =
                InvokeRequest.newBuilder()
                        .setFunction(function)
                        .setData(ByteString.copyFromUtf8("x"))
                        .build()
                        .toByteArray();
        client.call(stream, path, TestNode.GRPC_TOKEN, headers, message);
    }

    private static Status.Code status(Map<String, String> trailers) {
        return Status.fromCodeValue(Integer.parseInt(trailers.get("grpc-status"))).getCode();
    }

    @Test
    void settingsThatNobodyKnowsAreIgnored() throws Exception {
        try (RawHttp2 client = client(UNKNOWN_SETTINGS)) {
            call(client, 1, INVOKE, "echo");
            assertThat(status(client.trailers(1))).isEqualTo(Status.Code.OK);
        }
    }

    @Test
    void aCancellationThatComesLateHarmsNoOtherCall() throws Exception {
        try (RawHttp2 client = client(NO_SETTINGS)) {
            byte[] cancel = ByteBuffer.allocate(4).putInt(RawHttp2.CANCEL).array();
            for (int stream = 1; stream < 40; stream += 2) {
                call(client, stream, INVOKE, "echo");
                assertThat(status(client.trailers(stream))).isEqualTo(Status.Code.OK);
                call(client, stream + 2, INVOKE, "echo");
                client.send(RawHttp2.RST_STREAM, 0, stream, cancel);
                assertThat(status(client.trailers(stream += 2))).isEqualTo(Status.Code.OK);
            }
        }
    }

    @Test
    void aDeadlineHoldsForCallersWhoDoNotWatchItThemselves() throws Exception {
        try (RawHttp2 client = client(NO_SETTINGS)) {
            call(client, 1, INVOKE, "waits", Map.of("grpc-timeout", "200m"));
            assertThat(status(client.trailers(1))).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void aStreamEndsWhenItsCallerIsGone() throws Exception {
        RawHttp2 client = client(NO_SETTINGS);
        call(client, 1, STREAM, "endless");
        for (RawHttp2.Frame frame = client.read(); frame.type() != RawHttp2.DATA; ) {
            frame = client.read();
        }
        client.close();
        Eventually.holds(
                () ->
                        node.admin("GET", "/v1/invocations?function=endless")
                                .body()
                                .contains("\"function\":\"endless\""));
    }

    @Test
    void aCallerWhoDoesNotReadHoldsUpNoOther() throws Exception {
        try (RawHttp2 client = client(NO_SETTINGS)) {
            call(client, 1, STREAM, "endless");
            for (int left = 60_000; left > 0; ) {
                RawHttp2.Frame frame = client.read();
                left -= frame.type() == RawHttp2.DATA ? frame.payload().length : 0;
            }
            client.send(8, 0, 0, ByteBuffer.allocate(4).putInt(1 << 20).array());
            call(client, 3, INVOKE, "echo");
            assertThat(status(client.trailers(3))).isEqualTo(Status.Code.OK);
        }
    }

    @Test
    void whatIsNotHttp2IsToldSo() throws Exception {
        String address = node.node.grpcAddress().orElseThrow();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(
                            "GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(answer[answer.length - 14]).isEqualTo((byte) RawHttp2.GOAWAY);
        }
    }

    @Test
    void aMethodThatIsNotThereIsUnimplemented() throws Exception {
        try (RawHttp2 client = client(NO_SETTINGS)) {
            call(client, 1, "/treadle.v1.Functions/Nothing", "echo");
            assertThat(client.trailers(1))
                    .containsEntry("grpc-status", "12")
                    .containsEntry(
                            "grpc-message", "there is no method /treadle.v1.Functions/Nothing");
        }
    }
}
