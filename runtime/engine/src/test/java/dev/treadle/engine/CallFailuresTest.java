package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the failure of a call is told, and whose it is. */
class CallFailuresTest {
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
    void onlyDeclaredFunctionsCanBeCalled() throws Exception {
        deployed.deploy("callee", Callers.ECHO);
        Callers.deploy(deployed, Callers.ASKS, "other");

        assertThat(deployed.text("caller", ""))
                .isEqualTo(
                        "TR-1015 CALLER 403 true PT0S caller may not call callee: list it under `calls` in function.yaml");
    }

    @Test
    void functionThatIsNotThereMayComeLater() throws Exception {
        Callers.deploy(deployed, Callers.ASKS, "callee");

        assertThat(deployed.text("caller", ""))
                .isEqualTo("TR-1006 CALLER 404 false PT0S There is no function 'callee'");
    }

    @Test
    void failureOfTheCalleeIsToldWithItsInvocation() throws Exception {
        deployed.deploy("callee", Callers.throwing("new IllegalStateException(\"secret\")"));
        Callers.deploy(deployed, Callers.ASKS, "callee");

        String told = deployed.text("caller", "");

        assertThat(told)
                .isEqualTo(
                        "TR-2001 FUNCTION 500 false PT0S callee (invocation %s): The function failed; its log has the details under this invocation's id"
                                .formatted(deployed.records("callee").getFirst().id()));
    }

    @Test
    void uncaughtFailureKeepsItsCodeWhereTheCalleeIsAtFault() throws Exception {
        deployed.deploy(
                "callee", Callers.throwing("new RetryAfter(java.time.Duration.ofSeconds(7))"));
        Callers.deploy(deployed, Callers.PASSES, "callee");

        Outcome.Failed failed = Deployment.failed(deployed.call("caller", ""));

        assertThat(failed.code()).isEqualTo(ErrorCode.RETRY_LATER);
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.pause()).isEqualTo(Duration.ofSeconds(7));
        assertThat(failed.permanent()).isFalse();
        assertThat(failed.message()).startsWith("callee (invocation ");
    }

    @Test
    void uncaughtWrongCallIsTheCallersOwnFailure() throws Exception {
        deployed.deploy("callee", Callers.throwing("new BadRequest(\"no\")"));
        Callers.deploy(deployed, Callers.PASSES, "callee");

        Outcome.Failed failed = Deployment.failed(deployed.call("caller", ""));

        assertThat(failed.code()).isEqualTo(ErrorCode.FUNCTION_ERROR);
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.permanent()).isTrue();
        assertThat(deployed.records("caller").getFirst().error())
                .contains("dev.treadle.CallFailed: TR-1001 no");
    }

    @Test
    void answerThatDoesNotFitSaysWhere() throws Exception {
        deployed.deploy("callee", Callers.ECHO);
        Callers.deploy(
                deployed,
                """
                public class Misreads implements HttpFunction {
                    record Cost(int cents) {}
                    public Response handle(Request request, Context context) {
                        try {
                            return Response.json(context.call("callee", request.text(), Cost.class));
                        } catch (CallFailed e) {
                            return Response.text(e.getMessage());
                        }
                    }
                }
                """,
                "callee");

        assertThat(deployed.text("caller", "{\"cents\":\"x\"}"))
                .startsWith(
                        "TR-1016 the answer of callee is not what its caller reads it as: the payload does not fit Cost at .cents");
        assertThat(deployed.text("caller", ""))
                .isEqualTo(
                        "TR-1016 the answer of callee is not what its caller reads it as: it is empty; expected JSON for Cost");
    }

    @Test
    void contextIsOfNoUseAfterItsCall() throws Exception {
        deployed.deploy("callee", Callers.ECHO);
        Callers.deploy(
                deployed,
                """
                public class Keeps implements HttpFunction {
                    private volatile Context kept;
                    public Response handle(Request request, Context context) {
                        if (kept == null) {
                            kept = context;
                            return Response.ok();
                        }
                        try {
                            return Response.text(kept.call("callee", "", String.class));
                        } catch (IllegalStateException e) {
                            return Response.text(e.getMessage());
                        }
                    }
                }
                """,
                "callee");

        deployed.call("caller", "");

        assertThat(deployed.text("caller", ""))
                .endsWith(" has ended; callee can no longer be called from it");
    }
}
