package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invocations whose effects are captured. */
class DryRunTest {
    private static final String CALLEE =
            """
            public class Callee implements TypedFunction<String, String> {
                public String handle(String text, Context context) {
                    context.publish("callee." + text, context.event("t").build());
                    context.log().info("callee says " + text);
                    return text;
                }
            }
            """;
    private static final String CALLER =
            """
            public class Caller implements TypedFunction<String, String> {
                public String handle(String text, Context context) {
                    context.publish("caller." + text, context.event("t").build());
                    return context.call("callee", text, String.class);
                }
            }
            """;

    @TempDir Path folder;
    private Deployment deployed;

    @BeforeEach
    void open() throws Exception {
        deployed = new Deployment(folder);
        deployed.deploy("callee", CALLEE);
        deployed.deploy("caller", Deployment.QUICK, List.of("callee"), CALLER);
    }

    @AfterEach
    void close() {
        deployed.close();
    }

    @Test
    void publishesOfTheFunctionAndOfThoseThatItCallsAreCaptured() {
        List<String> captured = new CopyOnWriteArrayList<>();

        String answer =
                Deployment.text(
                        deployed.callDry(
                                "caller", "a", (subject, _, _, _, _) -> captured.add(subject)));

        assertThat(answer).isEqualTo("a");
        assertThat(captured).containsExactly("caller.a", "callee.a");
        assertThat(deployed.published).isEmpty();
    }

    @Test
    void theNextCallsEffectsAreRealAgain() {
        deployed.callDry("caller", "a", (_, _, _, _, _) -> {});

        deployed.text("caller", "b");

        assertThat(deployed.published).hasSize(2).first().asString().startsWith("caller.b ");
    }

    @Test
    void logLinesSayThatTheRunWasDry() {
        deployed.callDry("caller", "a", (_, _, _, _, _) -> {});
        deployed.text("caller", "b");

        assertThat(deployed.log("callee"))
                .extracting(LogLine::message)
                .containsExactly("(dry run) callee says a", "callee says b");
    }
}
