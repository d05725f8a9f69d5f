package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.Limits;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Circles, places and deadlines of calls that wait for each other. */
class CallLimitsTest {
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
    void callsThatGoInACircleEndAtSixteen() throws Exception {
        deployed.deploy("caller", Callers.wide(), List.of("callee"), Callers.PASSES);
        deployed.deploy(
                "callee",
                Callers.wide(),
                List.of("caller"),
                Callers.PASSES.replace("(\"callee", "(\"caller"));

        Outcome.Failed failed = Deployment.failed(deployed.call("caller", ""));

        assertThat(failed.code()).isEqualTo(ErrorCode.CALL_LOOP);
        assertThat(failed.status()).isEqualTo(508);
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.message())
                .isEqualTo(
                        "17 functions wait for each other before callee, and 16 are allowed: they seem to call each other in a circle");
        assertThat(deployed.records("caller").size() + deployed.records("callee").size())
                .isEqualTo(17);
    }

    @Test
    void callThatWouldWaitForItselfIsRefusedAtOnce() throws Exception {
        Limits one = new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60), 1, 8, 1024);
        deployed.deploy("callee", one, List.of("callee"), Callers.ASKS);

        assertThat(deployed.text("callee", ""))
                .isEqualTo(
                        "TR-3001 CAPACITY 429 false PT1S callee would wait for itself: calls that wait for this one hold all of its places, which are 1 (limits.concurrency)");
    }

    @Test
    void callsThatWaitForEachOthersPlacesFailWhileThereIsTime() throws Exception {
        Limits one = new Limits(Duration.ofSeconds(8), Duration.ofSeconds(8), 1, 8, 1024);
        String meets =
                """
                public class Meets implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        if (context.invocation().trigger().equals("call")) {
                            return Response.text("met");
                        }
                        ((CyclicBarrier) System.getProperties().get("treadle.test.meet")).await();
                        try {
                            return Response.text(context.call("OTHER", "", String.class));
                        } catch (CallFailed e) {
                            return Response.text(e.getMessage());
                        }
                    }
                }
                """;
        deployed.deploy("left", one, List.of("right"), meets.replace("OTHER", "right"));
        deployed.deploy("right", one, List.of("left"), meets.replace("OTHER", "left"));
        System.getProperties().put("treadle.test.meet", new java.util.concurrent.CyclicBarrier(2));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> left = threads.submit(() -> deployed.text("left", ""));
            Future<String> right = threads.submit(() -> deployed.text("right", ""));

            assertThat(List.of(left.get(), right.get()))
                    .anySatisfy(
                            text ->
                                    assertThat(text)
                                            .startsWith(
                                                    "TR-3002 The call waited for one of the 1 places (limits.concurrency) of ")
                                            .contains("holds a place of its own meanwhile"));
        } finally {
            System.getProperties().remove("treadle.test.meet");
        }
    }

    @Test
    void calleeEndsWithItsCallersDeadline() throws Exception {
        Limits brief = new Limits(Duration.ofMillis(1500), Duration.ofMillis(1500), 8, 8, 1024);
        deployed.deploy("callee", Callers.sleeping());
        deployed.deploy(
                "caller",
                brief,
                List.of("callee"),
                """
                public class Stubborn implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        try {
                            context.call("callee", "");
                        } catch (CallFailed e) {
                            context.log().info("{} {}", e.code(), Thread.currentThread().isInterrupted());
                        }
                        return Response.ok();
                    }
                }
                """);

        Outcome outcome = deployed.call("caller", "");

        assertThat(outcome).isInstanceOf(Outcome.Expired.class);
        assertThat(deployed.records("callee").getFirst().status())
                .isEqualTo(InvocationRecord.Status.EXPIRED);
        assertThat(deployed.log("caller"))
                .first()
                .satisfies(line -> assertThat(line.message()).isEqualTo("TR-2002 true"));
    }

    @Test
    void callOfTheFunctionsOwnThreadEndsWithTheDeadlineToo() throws Exception {
        Limits brief = new Limits(Duration.ofMillis(1500), Duration.ofMillis(1500), 8, 8, 1024);
        deployed.deploy("callee", Callers.sleeping());
        deployed.deploy(
                "caller",
                brief,
                List.of("callee"),
                """
                public class Forks implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        Thread.ofVirtual().start(() -> context.call("callee", "")).join();
                        return Response.ok();
                    }
                }
                """);

        assertThat(deployed.call("caller", "")).isInstanceOf(Outcome.Expired.class);
        Eventually.holds(
                () ->
                        deployed.records("callee").stream()
                                .anyMatch(
                                        record ->
                                                record.status()
                                                        == InvocationRecord.Status.EXPIRED));
    }

    @Test
    void calleesOwnTimeoutLeavesTheCallerAlone() throws Exception {
        Limits brief = new Limits(Duration.ofMillis(200), Duration.ofMillis(200), 8, 8, 1024);
        deployed.deploy("callee", brief, Callers.sleeping());
        Callers.deploy(deployed, Callers.ASKS, "callee");

        assertThat(deployed.text("caller", ""))
                .isEqualTo("TR-2002 FUNCTION 504 false PT0S callee did not end within 200 ms");
    }

    @Test
    void callsOfWhatRunsGoThroughWhileTheNodeStops() throws Exception {
        deployed.deploy("callee", Callers.ECHO);
        Callers.deploy(
                deployed,
                """
                public class Waits implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        CountDownLatch[] latches =
                                (CountDownLatch[]) System.getProperties().get("treadle.test.drain");
                        latches[0].countDown();
                        latches[1].await();
                        return Response.text(context.call("callee", "done", String.class));
                    }
                }
                """,
                "callee");
        var inside = new java.util.concurrent.CountDownLatch(1);
        var goOn = new java.util.concurrent.CountDownLatch(1);
        System.getProperties()
                .put(
                        "treadle.test.drain",
                        new java.util.concurrent.CountDownLatch[] {inside, goOn});
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> text = threads.submit(() -> deployed.text("caller", ""));
            inside.await();
            assertThat(deployed.engine.drain(Duration.ZERO)).isFalse();
            goOn.countDown();

            assertThat(text.get()).isEqualTo("done");
            assertThat(deployed.engine.drain(Duration.ofSeconds(30))).isTrue();
        } finally {
            System.getProperties().remove("treadle.test.drain");
        }
    }
}
