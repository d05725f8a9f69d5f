package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.ErrorCode;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases that start, do not start, and take over. */
class ReleaseStartTest {
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
    void callsInFlightFinishOnTheOldCode() throws Exception {
        deployed.deploy(
                "swap",
                """
                public class Old implements HttpFunction {
                    public static final CountDownLatch GO = new CountDownLatch(1);
                    public Response handle(Request request, Context context) throws Exception {
                        GO.await();
                        return Response.text("old");
                    }
                    public void close() { System.setProperty("treadle.test.closed", "old"); }
                }
                """);
        ClassLoader old = deployed.loader("swap", 1);
        System.clearProperty("treadle.test.closed");

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> running = threads.submit(() -> deployed.text("swap", ""));
            Eventually.holds(() -> deployed.engine.functions().inFlight() == 1);
            deployed.deploy("swap", Deployment.constant("new"));

            assertThat(deployed.text("swap", "")).isEqualTo("new");
            assertThat(System.getProperty("treadle.test.closed")).isNull();
            Deployment.open(old, "Old");
            assertThat(running.get()).isEqualTo("old");
        }
        Eventually.holds(() -> "old".equals(System.getProperty("treadle.test.closed")));
        assertThat(deployed.state("swap", 1).loaded()).isFalse();
    }

    @Test
    void releaseThatDoesNotStartIsRefusedWithItsReason() throws Exception {
        var broken =
                deployed.release(
                        "broken",
                        Deployment.QUICK,
                        """
                        public class Broken implements HttpFunction {
                            public void start(FunctionContext context) {
                                throw new IllegalStateException("no " + context.secret("KEY").orElse("KEY"));
                            }
                            public Response handle(Request request, Context context) { return Response.ok(); }
                        }
                        """);

        assertThatThrownBy(() -> deployed.engine.functions().prepare(broken))
                .isInstanceOf(LoadFailure.class)
                .hasMessage("broken@v1 did not start: java.lang.IllegalStateException: no KEY")
                .extracting("code")
                .isEqualTo(ErrorCode.START_FAILED);
    }

    @Test
    void releaseThatIsPreparedButNotDeployedIsLetGo() throws Exception {
        var ready =
                deployed.release(
                        "ready",
                        Deployment.QUICK,
                        """
                        public class Ready implements HttpFunction {
                            public Response handle(Request request, Context context) { return Response.ok(); }
                            public void close() { System.setProperty("treadle.test.discarded", "yes"); }
                        }
                        """);
        System.clearProperty("treadle.test.discarded");
        deployed.engine.functions().prepare(ready);

        deployed.engine.functions().discard(ready);

        Eventually.holds(() -> "yes".equals(System.getProperty("treadle.test.discarded")));
    }

    @Test
    void startThatNeverEndsIsGivenUp() throws Exception {
        var endless =
                deployed.release(
                        "endless",
                        Deployment.QUICK,
                        """
                        public class Endless implements HttpFunction {
                            public void start(FunctionContext context) throws Exception {
                                new CountDownLatch(1).await();
                            }
                            public Response handle(Request request, Context context) { return Response.ok(); }
                        }
                        """);

        assertThatThrownBy(() -> deployed.engine.functions().prepare(endless))
                .hasMessage(
                        "endless@v1 did not start within 5 s; do less in its constructor and `start`");
    }
}
