package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.Limits;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long calls and their streamed answers may take, and how many run. */
class LimitsTest {
    @TempDir Path folder;
    private Deployment deployed;

    @BeforeEach
    void open() {
        deployed = new Deployment(folder);
    }

    @AfterEach
    void close() {
        deployed.close();
    }

    @Test
    void callThatIgnoresItsDeadlineIsInterrupted() throws Exception {
        deployed.deploy(
                "slow",
                limits(Duration.ofMillis(50), 4, 4),
                """
                public class Slow implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        new CountDownLatch(1).await();
                        return Response.ok();
                    }
                }
                """);

        Outcome outcome = deployed.call("slow", "");

        assertThat(outcome).isEqualTo(new Outcome.Expired(Duration.ofMillis(50)));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(deployed.records("slow").getFirst().status())
                .isEqualTo(InvocationRecord.Status.EXPIRED);
    }

    @Test
    void answerAfterTheDeadlineIsNoAnswer() throws Exception {
        deployed.deploy(
                "stubborn",
                limits(Duration.ofMillis(30), 4, 4),
                """
                public class Stubborn implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            return Response.text("late");
                        }
                        return Response.ok();
                    }
                }
                """);

        assertThat(deployed.call("stubborn", "")).isInstanceOf(Outcome.Expired.class);
    }

    @Test
    void moreCallsThanPlacesAndQueueAreRefused() throws Exception {
        deployed.deploy(
                "busy",
                limits(Duration.ofMinutes(1), 2, 1),
                """
                public class Busy implements HttpFunction {
                    public static final CountDownLatch GO = new CountDownLatch(1);
                    public Response handle(Request request, Context context) throws Exception {
                        GO.await();
                        return Response.text("done");
                    }
                }
                """);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Outcome> first = threads.submit(() -> deployed.call("busy", ""));
            Eventually.holds(() -> deployed.engine.functions().inFlight() == 1);
            Future<Outcome> second = threads.submit(() -> deployed.call("busy", "x"));
            Eventually.holds(() -> deployed.engine.functions().inFlight() == 2);
            Future<Outcome> waiting = threads.submit(() -> deployed.call("busy", "y"));
            Eventually.holds(() -> deployed.state("busy", 1).waiting() == 1);

            Outcome.Refused refused = (Outcome.Refused) deployed.call("busy", "z");

            assertThat(refused.code()).isEqualTo(ErrorCode.FUNCTION_BUSY);
            assertThat(refused.message())
                    .isEqualTo(
                            "busy runs 2 calls and 1 wait, as many as limits.concurrency and"
                                    + " limits.queue allow");
            deployed.open("busy", "Busy");
            assertThat(Deployment.text(first.get())).isEqualTo("done");
            assertThat(Deployment.text(second.get())).isEqualTo("done");
            assertThat(Deployment.text(waiting.get())).isEqualTo("done");
        }
    }

    @Test
    void streamedBodyRunsWithinItsCall() throws Exception {
        deployed.deploy(
                "stream",
                """
                public class Streams implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.stream(out -> {
                            out.write("one ".getBytes());
                            context.log().info("writing");
                            out.write("two".getBytes());
                        });
                    }
                }
                """);

        Outcome.Streaming streaming = (Outcome.Streaming) deployed.call("stream", "");
        assertThat(deployed.engine.functions().inFlight()).isEqualTo(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Outcome end = streaming.body().writeTo(out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one two");
        assertThat(end).isInstanceOf(Outcome.Succeeded.class);
        assertThat(deployed.engine.functions().inFlight()).isZero();
        assertThat(deployed.log("stream").getFirst().invocation()).isPresent();
    }

    @Test
    void callerThatGoesAwayIsNotTheFunctionsFailure() throws Exception {
        deployed.deploy(
                "stream",
                """
                public class Streams implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.sse(sink -> sink.send("x"));
                    }
                }
                """);

        Outcome.Streaming streaming = (Outcome.Streaming) deployed.call("stream", "");
        Outcome end =
                streaming
                        .body()
                        .writeTo(
                                new OutputStream() {
                                    @Override
                                    public void write(int b) throws IOException {
                                        throw new IOException("broken pipe");
                                    }
                                });

        assertThat(end).isInstanceOf(Outcome.Succeeded.class);
        assertThat(deployed.log("stream")).isEmpty();
    }

    @Test
    void streamThatOutlastsItsLimitIsStopped() throws Exception {
        Duration outlasted = Duration.ofMillis(1500); // the call has to begin its stream by then
        deployed.deploy(
                "endless",
                new Limits(outlasted, outlasted, 4, 4, 1024),
                """
                public class Endless implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.stream(out -> new CountDownLatch(1).await());
                    }
                }
                """);

        Outcome.Streaming streaming = (Outcome.Streaming) deployed.call("endless", "");

        assertThat(streaming.body().writeTo(OutputStream.nullOutputStream()))
                .isEqualTo(new Outcome.Expired(outlasted));
        assertThat(deployed.engine.functions().inFlight()).isZero();
    }

    @Test
    void drainWaitsForRunningCallsAndRefusesNewOnes() throws Exception {
        deployed.deploy(
                "wait",
                """
                public class Waits implements HttpFunction {
                    public static final CountDownLatch GO = new CountDownLatch(1);
                    public Response handle(Request request, Context context) throws Exception {
                        GO.await();
                        return Response.text("done");
                    }
                }
                """);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> running = threads.submit(() -> deployed.text("wait", ""));
            Eventually.holds(() -> deployed.engine.functions().inFlight() == 1);

            assertThat(deployed.engine.drain(Duration.ofMillis(20))).isFalse();
            assertThat(((Outcome.Refused) deployed.call("wait", "")).code())
                    .isEqualTo(ErrorCode.NODE_DRAINING);
            deployed.open("wait", "Waits");
            assertThat(deployed.engine.drain(Duration.ofMinutes(1))).isTrue();
            assertThat(running.get()).isEqualTo("done");
        }
    }

    private static Limits limits(Duration timeout, int concurrency, int queue) {
        return new Limits(timeout, Duration.ofMinutes(1), concurrency, queue, 1024);
    }
}
