package dev.treadle.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Tensor;
import dev.treadle.TensorMismatch;
import dev.treadle.inference.InferenceFailed.Reason;
import dev.treadle.registry.ModelRelease;
import dev.treadle.testkit.onnx.OnnxFile;
import dev.treadle.testkit.onnx.OnnxFile.Attributes;
import dev.treadle.testkit.onnx.OnnxType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models that look into texts, and must find them in UTF-8. */
@Timeout(60)
class TextsTest {
    /** Of one to four bytes a character, several characters to what one sees, a zero, nothing. */
    private static final List<String> WORDS =
            List.of(
                    "a",
                    "é",
                    "語",
                    "😀",
                    "👩‍🚀",
                    "🇪🇺 and 𝔘",
                    "a\0b",
                    "\0",
                    "",
                    "x".repeat(10_000));

    @TempDir Path folder;
    @AutoClose private ModelRuns models;

    @BeforeEach
    void open() {
        models = ModelRuns.in(folder);
    }

    @Test
    void aModelKnowsAnEmojiAndEveryOtherWordThatItWasMadeFor() throws Exception {
        ModelRelease release = push(numbers());
        for (int i = 0; i < WORDS.size(); i++) {
            assertThat(run(release, Tensor.of(List.of(WORDS.get(i)), 1)).longs())
                    .as("'%s'", WORDS.get(i))
                    .containsExactly(i);
        }
        assertThat(run(release, Tensor.of(WORDS, WORDS.size())).longs())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(run(release, Tensor.of(List.of("😁", "b", "a\0"), 3)).longs())
                .containsExactly(-1, -1, -1);
    }

    @Test
    void whatAModelWritesIsReadAsItWasWritten() throws Exception {
        ModelRelease release = push(words());
        Tensor numbers = Tensor.of(new long[] {9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 77}, 11);
        List<String> expected = new ArrayList<>(WORDS.reversed());
        expected.add("no such 🔢");
        assertThat(run(release, numbers)).isEqualTo(Tensor.of(expected, 11));
    }

    @Test
    void callsAtOneTimeEachGetTheirOwnWords() throws Exception {
        ModelRelease release = push(words());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Tensor>> answers = new ArrayList<>();
            for (int i = 0; i < 900; i++) {
                Tensor number = Tensor.of(new long[] {i % WORDS.size()}, 1);
                answers.add(callers.submit(() -> run(release, number)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get().strings())
                        .containsExactly(WORDS.get(i % WORDS.size()));
            }
        }
        Inference.Usage usage = models.inference().usage(release).orElseThrow();
        assertThat(usage.runs()).isLessThan(usage.calls());
    }

    @Test
    void halfOfASurrogatePairIsRefusedBeforeTheModelRuns() throws Exception {
        ModelRelease release = push(numbers());
        Tensor broken = Tensor.of(List.of("a", "😀".substring(0, 1)), 2);
        assertThatThrownBy(() -> run(release, broken))
                .isInstanceOf(TensorMismatch.class)
                .hasMessage(
                        "the tensor 'x': expected string[batch] of Unicode texts, found half of a surrogate pair in element 1");
    }

    @Test
    void bytesOfAnOutputThatAreNoTextFailWithTheWayOut() throws Exception {
        byte[] latin = "é".getBytes(StandardCharsets.ISO_8859_1);
        ModelRelease release =
                push(
                        model(
                                OnnxType.INT64,
                                OnnxType.STRING,
                                new Attributes()
                                        .numbers("keys_int64s", 1)
                                        .bytes("values_strings", List.of(latin))));
        assertThatThrownBy(() -> run(release, Tensor.of(new long[] {1}, 1)))
                .isInstanceOfSatisfying(
                        InferenceFailed.class, e -> assertThat(e.reason()).isEqualTo(Reason.FAILED))
                .hasMessage(
                        "the output 'y' has bytes among its texts that are no UTF-8; a model gives others as uint8");
    }

    /** Which of the words it is; -1 for others. */
    private static OnnxFile numbers() {
        return model(
                OnnxType.STRING,
                OnnxType.INT64,
                new Attributes()
                        .texts("keys_strings", WORDS)
                        .numbers("values_int64s", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
                        .number("default_int64", -1));
    }

    /** The words by their numbers. */
    private static OnnxFile words() {
        return model(
                OnnxType.INT64,
                OnnxType.STRING,
                new Attributes()
                        .numbers("keys_int64s", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
                        .texts("values_strings", WORDS)
                        .text("default_string", "no such 🔢"));
    }

    private static OnnxFile model(OnnxType from, OnnxType to, Attributes table) {
        return new OnnxFile("table")
                .input("x", from, "batch")
                .output("y", to, "batch")
                .mlNode("LabelEncoder", List.of("x"), "y", table);
    }

    private ModelRelease push(OnnxFile model) throws Exception {
        return models.push("table", model);
    }

    private Tensor run(ModelRelease release, Tensor given) {
        return models.run(release, "x", given).values().iterator().next();
    }
}
