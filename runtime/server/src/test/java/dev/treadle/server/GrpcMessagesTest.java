package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import dev.treadle.trigger.grpc.v1.FunctionsGrpc;
import dev.treadle.trigger.grpc.v1.InvokePart;
import dev.treadle.trigger.grpc.v1.InvokeRequest;
import dev.treadle.trigger.grpc.v1.InvokeResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of all sizes, and those that are none. */
class GrpcMessagesTest {
    private static final int LARGE = 900_000;

    @TempDir Path data;
    private TestNode node;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
        node.deploy(
                "same",
                """
                public class Same implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.ok(request.body());
                    }
                }
                """,
                "limits: {concurrency: 500}");
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

    private static InvokeRequest request(byte[] data) {
        return InvokeRequest.newBuilder()
                .setFunction("same")
                .setData(ByteString.copyFrom(data))
                .build();
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    @Test
    void manyLargeMessagesGoBothWaysOnOneConnection() throws Exception {
        FunctionsGrpc.FunctionsFutureStub functions =
                authorized(FunctionsGrpc.newFutureStub(channel));
        List<ListenableFuture<InvokeResponse>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(functions.invoke(request(noise(LARGE + i))));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(answers.get(i).get().getData().toByteArray()).isEqualTo(noise(LARGE + i));
        }
    }

    @Test
    void aCompressedMessageMayBeLarge() {
        byte[] noise = noise(LARGE);
        InvokeResponse answer =
                authorized(FunctionsGrpc.newBlockingStub(channel))
                        .withCompression("gzip")
                        .invoke(request(noise));
        assertThat(answer.getData().toByteArray()).isEqualTo(noise);
    }

    @Test
    void aMessageThatIsTooLargeDecompressedIsRefused() {
        FunctionsGrpc.FunctionsBlockingStub functions =
                authorized(FunctionsGrpc.newBlockingStub(channel)).withCompression("gzip");
        Status status =
                catchThrowableOfType(
                                StatusRuntimeException.class,
                                () -> functions.invoke(request(new byte[3 << 20])))
                        .getStatus();
        assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status.getDescription()).contains("exceeds maximum size, 1048576");
        assertThat(functions.invoke(request(new byte[10])).getData().size()).isEqualTo(10);
    }

    @Test
    void aMessageThatCannotBeReadIsAnswered() {
        MethodDescriptor<byte[], InvokeResponse> bytes =
                FunctionsGrpc.getInvokeMethod().toBuilder(
                                new Raw(), FunctionsGrpc.getInvokeMethod().getResponseMarshaller())
                        .build();
        FunctionsGrpc.FunctionsBlockingStub stub =
                authorized(FunctionsGrpc.newBlockingStub(channel));
        Status status =
                catchThrowableOfType(
                                StatusRuntimeException.class,
                                () ->
                                        ClientCalls.blockingUnaryCall(
                                                stub.getChannel(),
                                                bytes,
                                                CallOptions.DEFAULT,
                                                new byte[] {-1, -1, -1}))
                        .getStatus();
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).startsWith("the message cannot be read: ");
    }

    @Test
    void aStreamWaitsForWhoReadsIt() throws Exception {
        node.deploy(
                "parts",
                """
                public class Parts implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.stream(out -> {
                            for (int i = 0; i < 1000; i++) {
                                out.write(new byte[20_000]);
                                out.flush();
                            }
                        });
                    }
                }
                """,
                "");
        FunctionsGrpc.FunctionsBlockingStub functions =
                authorized(FunctionsGrpc.newBlockingStub(channel));
        Iterator<InvokePart> parts =
                functions.invokeStream(InvokeRequest.newBuilder().setFunction("parts").build());
        assertThat(parts.next().getData().size()).isEqualTo(20_000);
        for (int i = 0; i < 20; i++) {
            assertThat(functions.invoke(request(noise(i))).getData().size()).isEqualTo(i);
        }
        int rest = 0;
        while (parts.hasNext()) {
            rest += parts.next().getData().size();
        }
        assertThat(rest).isEqualTo(999 * 20_000);
    }

    private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            throw new UnsupportedOperationException();
        }
    }
}
