package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.grpc.v1.FunctionsGrpc;
import dev.treadle.trigger.grpc.v1.FunctionsGrpc.FunctionsBlockingStub;
import dev.treadle.trigger.grpc.v1.InvokePart;
import dev.treadle.trigger.grpc.v1.InvokeRequest;
import dev.treadle.trigger.grpc.v1.InvokeResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions called over gRPC, with gRPC's own client. */
class GrpcTest {
    private static final Metadata.Key<String> INVOCATION = key("treadle-invocation");
    private static final Metadata.Key<String> CODE = key("treadle-code");

    @TempDir Path data;
    private TestNode node;
    private ManagedChannel channel;
    private FunctionsBlockingStub functions;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
        node.deploy("echo", TestNode.ECHO);
        channel = GrpcClients.channel(node.node.grpcAddress().orElseThrow());
        functions = authorized(FunctionsGrpc.newBlockingStub(channel));
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        node.close();
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private static <S extends AbstractStub<S>> S authorized(S stub) {
        return GrpcClients.authorized(stub, TestNode.GRPC_TOKEN);
    }

    private static InvokeRequest call(String function, String data) {
        return InvokeRequest.newBuilder()
                .setFunction(function)
                .setData(ByteString.copyFromUtf8(data))
                .build();
    }

    @Test
    void aFunctionAnswersUnderItsInvocationsId() {
        AtomicReference<Metadata> headers = new AtomicReference<>();
        AtomicReference<Metadata> trailers = new AtomicReference<>();
        InvokeResponse answer =
                functions
                        .withInterceptors(
                                MetadataUtils.newCaptureMetadataInterceptor(headers, trailers))
                        .invoke(call("echo", "hello"));
        assertThat(answer.getData().toStringUtf8()).isEqualTo("hello");
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentType()).startsWith("text/plain");
        assertThat(headers.get().get(INVOCATION))
                .hasSize(26)
                .isEqualTo(trailers.get().get(INVOCATION));
    }

    @Test
    void callersNeedTheToken() {
        Status status =
                failure(() -> FunctionsGrpc.newBlockingStub(channel).invoke(call("echo", "")))
                        .getStatus();
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(status.getDescription())
                .isEqualTo("send the token of grpc.token as 'Authorization: Bearer …'");
    }

    @Test
    void aReleaseIsChosenByItsName() throws Exception {
        node.deploy("echo", TestNode.ECHO.replace("request.text()", "\"second\""));
        InvokeRequest request = call("echo", "first");
        assertThat(text(request)).isEqualTo("second");
        assertThat(text(request.toBuilder().setReference("v1").build())).isEqualTo("first");
        StatusRuntimeException unknown =
                failure(() -> text(request.toBuilder().setReference("v9").build()));
        assertThat(unknown.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(unknown.getStatus().getDescription())
                .isEqualTo("echo has no alias or release 'v9'");
    }

    private String text(InvokeRequest request) {
        return functions.invoke(request).getData().toStringUtf8();
    }

    @Test
    void typedAndEventFunctionsAndHeadersGetThrough() throws Exception {
        node.deploy(
                "typed",
                """
                public class Typed implements TypedFunction<Typed.In, Typed.Out> {
                    public record In(String name) {}
                    public record Out(String greeting) {}
                    public Out handle(In in, Context context) { return new Out("Hello " + in.name()); }
                }
                """,
                "");
        assertThat(text(call("typed", "{\"name\":\"Ada\"}")))
                .isEqualTo("{\"greeting\":\"Hello Ada\"}");
        node.deploy(
                "event",
                """
                public class OnEvent implements EventFunction {
                    public void handle(Event event, Context context) {
                        if (!event.type().equals("dev.treadle.grpc.request")
                                || !event.id().equals(context.invocation().id())) {
                            throw new IllegalStateException(event.toString());
                        }
                    }
                }
                """,
                "");
        assertThat(functions.invoke(call("event", "x")).getStatus()).isEqualTo(204);
        node.deploy(
                "head",
                """
                public class Head implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.status(404).header("X-Seen", request.header("x-word").orElse("")
                            + request.header("content-type").orElse(""));
                    }
                }
                """);
        InvokeResponse answer =
                functions.invoke(
                        call("head", "").toBuilder()
                                .putHeaders("X-Word", "a")
                                .setContentType("text/x")
                                .build());
        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(answer.getHeadersMap()).containsEntry("x-seen", "atext/x");
    }

    @Test
    void anHttpFunctionIsCalledByItsRoutes() throws Exception {
        node.deploy(
                "orders",
                """
                public class Orders implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.text(request.method() + " " + request.path() + " "
                            + request.pathParams() + " " + request.queryParam("full").orElse("-"));
                    }
                }
                """,
                "triggers: [http: {path: '/orders/{id}', methods: [GET]}, http: {path: /orders}]");
        InvokeRequest request = call("orders", "");
        assertThat(text(request)).isEqualTo("POST / {} -");
        assertThat(
                        text(
                                request.toBuilder()
                                        .setMethod("GET")
                                        .setPath("/orders/a%20b?full=1")
                                        .build()))
                .isEqualTo("GET /orders/a b {id=a b} 1");
        assertThat(text(request.toBuilder().setMethod("PUT").setPath("/orders/7").build()))
                .isEqualTo("PUT /orders/7 {} -");
        for (InvokeRequest bad :
                List.of(
                        request.toBuilder().setPath("orders/7").build(),
                        request.toBuilder().setPath("/orders/a b").build(),
                        request.toBuilder().setMethod("get").build())) {
            StatusRuntimeException failure = failure(() -> text(bad));
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(failure.getStatus().getDescription()).contains("expected such as");
        }
    }

    @Test
    void failuresAreStatusesWithTheirCodes() throws Exception {
        node.deploy(
                "fails",
                """
                public class Fails implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        switch (request.text()) {
                            case "bad" -> throw new BadRequest("not so");
                            case "later" -> throw new RetryAfter(java.time.Duration.ofSeconds(7));
                            default -> throw new IllegalStateException("oh");
                        }
                    }
                }
                """);
        assertFails("bad", Status.Code.INVALID_ARGUMENT, "TR-1001");
        assertFails("oh", Status.Code.UNKNOWN, "TR-2001");
        assertThat(assertFails("later", Status.Code.UNAVAILABLE, "TR-2007").get(key("retry-after")))
                .isEqualTo("7");
        StatusRuntimeException none = failure(() -> functions.invoke(call("none", "")));
        assertThat(none.getStatus().getDescription()).isEqualTo("There is no function 'none'");
        assertThat(trailers(none).get(CODE)).isEqualTo("TR-1006");
    }

    private Metadata assertFails(String data, Status.Code status, String code) {
        StatusRuntimeException failure = failure(() -> functions.invoke(call("fails", data)));
        assertThat(failure.getStatus().getCode()).isEqualTo(status);
        assertThat(trailers(failure).get(CODE)).isEqualTo(code);
        assertThat(trailers(failure).get(INVOCATION)).hasSize(26);
        return trailers(failure);
    }

    /**
     * The function would take its limit of 30 s, and leaves its record at the caller's deadline.
     */
    @Test
    void aFunctionIsStoppedWhenItsCallerIsOutOfTime() throws Exception {
        node.deploy(
                "slow",
                """
                public class Slow implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        new java.util.concurrent.CountDownLatch(1).await();
                        return Response.ok();
                    }
                }
                """,
                "limits: {timeout: 30s}");
        Eventually.holds( // a call that has not got in by its deadline leaves no record
                () -> {
                    giveUp(call("slow", ""));
                    return node.admin("GET", "/v1/invocations?function=slow")
                            .body()
                            .contains("TR-2002");
                });
    }

    private void giveUp(InvokeRequest request) {
        StatusRuntimeException failure =
                failure(
                        () ->
                                functions
                                        .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
                                        .invoke(request));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    /** What it has begun is done, as over HTTP; on its connection its next call is served. */
    @Test
    void aFunctionWhoseCallerCancelsRunsToItsEnd() throws Exception {
        node.deploy(
                "patient",
                """
                public class Patient implements HttpFunction {
                    private static final java.util.concurrent.CountDownLatch GO =
                            new java.util.concurrent.CountDownLatch(1);
                    public Response handle(Request request, Context context) throws Exception {
                        if (request.text().equals("go")) {
                            GO.countDown();
                            return Response.ok();
                        }
                        context.log().info("begun");
                        GO.await();
                        context.log().info("done");
                        return Response.ok();
                    }
                }
                """);
        Future<InvokeResponse> first =
                authorized(FunctionsGrpc.newFutureStub(channel)).invoke(call("patient", ""));
        Eventually.holds(() -> logs().contains("begun"));
        first.cancel(true);
        assertThat(text(call("patient", "go"))).isEmpty();
        Eventually.holds(() -> logs().contains("done"));
        assertThat(node.admin("GET", "/v1/invocations?function=patient").body())
                .doesNotContain("TR-");
    }

    private String logs() {
        return node.admin("GET", "/v1/functions/patient/logs").body();
    }

    @Test
    void aStreamIsSentAsItComesAndItsFailureEndsIt() throws Exception {
        node.deploy(
                "stream",
                """
                public class Streams implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.sse(sink -> {
                            sink.send("one");
                            sink.send("two");
                            if (request.text().equals("fail")) {
                                throw new IllegalStateException("oh");
                            }
                        });
                    }
                }
                """);
        List<InvokePart> parts = new ArrayList<>();
        functions.invokeStream(call("stream", "")).forEachRemaining(parts::add);
        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst().getHead().getContentType()).startsWith("text/event-stream");
        assertThat(parts.getFirst().getData().toStringUtf8()).isEqualTo("data: one\n\n");
        assertThat(parts.getLast().hasHead()).isFalse();
        assertThat(text(call("stream", ""))).isEqualTo("data: one\n\ndata: two\n\n");

        Iterator<InvokePart> failing = functions.invokeStream(call("stream", "fail"));
        StatusRuntimeException failure = failure(() -> failing.forEachRemaining(parts::add));
        assertThat(parts).hasSize(4);
        assertThat(trailers(failure).get(CODE)).isEqualTo("TR-2001");
        List<InvokePart> whole = new ArrayList<>();
        functions.invokeStream(call("echo", "all")).forEachRemaining(whole::add);
        assertThat(whole).hasSize(1);
        assertThat(whole.getFirst().getData().toStringUtf8()).isEqualTo("all");
    }

    private static Metadata trailers(StatusRuntimeException failure) {
        return Objects.requireNonNull(failure.getTrailers());
    }

    private static StatusRuntimeException failure(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run);
    }
}
