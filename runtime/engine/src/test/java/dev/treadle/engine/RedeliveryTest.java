package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.Split;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the attempts of one event have in common. */
class RedeliveryTest {
    private static final String PUBLISHES =
            """
            public class Publishes implements TypedFunction<Object, String> {
                public String handle(Object nothing, Context context) {
                    Event made = context.event("done").build();
                    context.publish("a", made);
                    context.publish("b", made);
                    return made.id();
                }
            }
            """;

    private static final String RELEASE =
            """
            public class Which implements TypedFunction<Object, String> {
                public String handle(Object nothing, Context context) {
                    return context.invocation().alias() + " v" + context.release();
                }
            }
            """;

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
    void eachAttemptPublishesUnderTheSameMessageIds() throws Exception {
        deployed.deploy("p", PUBLISHES);

        String first = Deployment.text(deliver("S:7", 1));
        String second = Deployment.text(deliver("S:7", 2));

        assertThat(deployed.published)
                .isEqualTo(List.of("a p:S:7:1", "b p:S:7:2", "a p:S:7:1", "b p:S:7:2"));
        assertThat(first).isEqualTo("S:7-1").isEqualTo(second);
    }

    @Test
    void publishThatIsNotConfirmedFailsTheAttemptForAnother() throws Exception {
        deployed.deploy("p", PUBLISHES);
        deployed.confirms = false;

        Outcome.Failed failed = (Outcome.Failed) deliver("S:7", 1);

        assertThat(failed.code()).isEqualTo(ErrorCode.DEPENDENCY_FAILED);
        assertThat(failed.permanent()).isFalse();
        assertThat(failed.cause().orElseThrow())
                .isEqualTo(
                        new Outcome.Cause(
                                "dev.treadle.PublishFailed", "no stream has the subject a"));
    }

    @Test
    void chosenReleaseRunsAfterTheAliasHasMoved() throws Exception {
        deployed.deploy("w", RELEASE);
        deployed.deploy("w", RELEASE);

        assertThat(Deployment.text(deployed.deliver("w", "o", 2, OptionalInt.of(1))))
                .isEqualTo("live v1");
        assertThat(Deployment.text(deployed.deliver("w", "o", 2, OptionalInt.empty())))
                .isEqualTo("live v2");
    }

    @Test
    void releaseThatIsGoneIsReplacedByTheAliass() throws Exception {
        deployed.deploy("w", RELEASE);

        assertThat(Deployment.text(deployed.deliver("w", "o", 2, OptionalInt.of(9))))
                .isEqualTo("live v1");
    }

    @Test
    void theSameChanceChoosesTheSameReleaseByWeight() throws Exception {
        deployed.deploy("w", RELEASE);
        deployed.deploy("w", RELEASE);
        deployed.live("w", new Split(new TreeMap<>(Map.of(1, 30, 2, 70))));

        int ofFirst = 0;
        for (int chance = 0; chance < 100; chance++) {
            OptionalInt chosen = deployed.engine.choose(Target.live("w"), chance);
            assertThat(deployed.engine.choose(Target.live("w"), chance)).isEqualTo(chosen);
            ofFirst += chosen.getAsInt() == 1 ? 1 : 0;
        }

        assertThat(ofFirst).isEqualTo(30);
        assertThat(deployed.engine.choose(Target.live("nobody"), 1)).isEmpty();
    }

    private Outcome deliver(String origin, int attempt) {
        return deployed.deliver("p", origin, attempt, OptionalInt.empty());
    }
}
