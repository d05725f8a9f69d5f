package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Input;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the events of a batch. */
class BatchFunctionTest {
    private static final String FAILS_SOME =
            """
            public class Some implements BatchFunction {
                public void handle(Batch batch, Context context) {
                    for (Event event : batch) {
                        switch (event.text()) {
                            case "permanent" -> batch.fail(event, new Permanent("never"));
                            case "broken" -> batch.fail(event, new IllegalStateException("broken"));
                            case "all" -> throw new IllegalStateException("all");
                            default -> {}
                        }
                    }
                }
            }
            """;

    @TempDir Path folder;
    private Deployment deployed;

    @BeforeEach
    void open() throws Exception {
        deployed = new Deployment(folder);
        deployed.deploy("some", FAILS_SOME);
    }

    @AfterEach
    void close() {
        deployed.close();
    }

    @Test
    void theOnesThatFailedAreReportedAndLogged() {
        Texts texts = new Texts("good", "permanent", "broken");

        Outcome outcome = run(texts);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Succeeded.class,
                        succeeded -> assertThat(succeeded.response().status()).isEqualTo(207));
        assertThat(texts.failures).containsOnlyKeys(1, 2);
        assertThat(texts.failures.values())
                .extracting(Outcome.Failed::permanent)
                .containsExactly(true, false);
        assertThat(texts.failures.values())
                .extracting(Outcome.Failed::code)
                .containsOnly(ErrorCode.FUNCTION_ERROR);
        assertThat(deployed.log("some"))
                .extracting(LogLine::message)
                .anyMatch(message -> message.startsWith("event 2 failed"));
    }

    @Test
    void aBatchThatThrowsFailsAsAWhole() {
        Texts texts = new Texts("good", "all");

        assertThat(run(texts)).isInstanceOf(Outcome.Failed.class);
        assertThat(texts.failures).isEmpty();
    }

    @Test
    void oneEventThatFailsFailsTheInvocation() {
        assertThat(run(new Texts("permanent")))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class, failed -> assertThat(failed.permanent()).isTrue());
        assertThat(deployed.call("some", "broken"))
                .as("any trigger's event is a batch of one")
                .isInstanceOf(Outcome.Failed.class);
        assertThat(deployed.call("some", "good")).isInstanceOf(Outcome.Succeeded.class);
    }

    private Outcome run(Texts texts) {
        return deployed.engine.dispatch(
                InvocationRequest.once(
                        deployed.engine.newInvocationId(),
                        Target.live("some"),
                        "test",
                        Optional.empty(),
                        texts));
    }

    /** Events with these texts, numbered from 0. */
    private static final class Texts implements Input {
        private final Map<Integer, Outcome.Failed> failures = new TreeMap<>();
        private final List<String> texts;

        private Texts(String... texts) {
            this.texts = List.of(texts);
        }

        @Override
        public List<Event> asEvents(Json json, long payloadBytesMax) {
            return texts.stream()
                    .map(
                            text ->
                                    Event.builder("test.text", json)
                                            .id("" + texts.indexOf(text))
                                            .text(text)
                                            .build())
                    .toList();
        }

        @Override
        public void failed(int index, Outcome.Failed failure) {
            failures.put(index, failure);
        }

        @Override
        public Request asRequest(Json json, long payloadBytesMax) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Event asEvent(Json json, long payloadBytesMax) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] asBytes(long payloadBytesMax) {
            throw new UnsupportedOperationException();
        }
    }
}
