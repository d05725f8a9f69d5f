package dev.treadle.inference;

import static dev.treadle.registry.Versioned.LIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Tensor;
import dev.treadle.TensorMismatch;
import dev.treadle.inference.InferenceFailed.Reason;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.ModelRelease;
import dev.treadle.registry.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that ONNX Runtime runs. */
class InferenceTest {
    private static final ModelName SCALE = new ModelName("scale");

    @TempDir Path folder;
    @AutoClose private ModelRuns models;

    @BeforeEach
    void open() {
        models = ModelRuns.in(folder);
    }

    @Test
    void aModelRunsOnWhatItIsGiven() throws Exception {
        ModelRelease release = models.push("scale", TestModels.scale(2));
        Tensor result = only(run(release, "x", Tensor.of(new float[] {1, 2, 3}, 1, 3)));
        assertThat(result).isEqualTo(Tensor.of(new float[] {2, 4, 6}, 1, 3));
        assertThat(result.bytes().isDirect()).isTrue();
    }

    @Test
    void callsAtOneTimeEachGetTheirOwnRows() throws Exception {
        ModelRelease release = models.push("lookup", TestModels.lookup());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<float[]>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                long index = i % 4;
                Tensor input = Tensor.of(new long[] {index}, 1);
                answers.add(callers.submit(() -> only(run(release, "index", input)).floats()));
            }
            for (int i = 0; i < answers.size(); i++) {
                float first = (i % 4) * 10;
                assertThat(answers.get(i).get()).containsExactly(first, first + 1);
            }
        }
        assertThat(models.inference().usage(release).orElseThrow().calls()).isEqualTo(400);
    }

    @Test
    void callsOfAModelWhoseRowsHaveTwoNamesShareRunsWhenTheirBindingsAskForIt() throws Exception {
        ModelRelease release = models.push("renamed", TestModels.renamed());
        runTogether(release, 16);
        Inference.Usage asked = models.inference().usage(release).orElseThrow();
        assertThat(asked.runs()).isLessThan(asked.calls());
        runTogether(release, 0);
        Inference.Usage unasked = models.inference().usage(release).orElseThrow();
        assertThat(unasked.runs() - asked.runs()).isEqualTo(unasked.calls() - asked.calls());
    }

    /** Calls at one time, many more than lanes, each of which must get its own row. */
    private void runTogether(ModelRelease release, int batchMax) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Tensor>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                Tensor row = Tensor.of(new float[] {i, -i}, 1, 2);
                answers.add(
                        callers.submit(
                                () ->
                                        only(
                                                models.inference()
                                                        .run(
                                                                release,
                                                                Map.of("x", row),
                                                                batchMax,
                                                                ModelRuns.LONG))));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get().floats()).containsExactly(i, -i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"'',''", "batch,batch", "in,out", "batch,''"})
    void anOutputMayHaveOtherRowsThanTheInputWhateverTheModelCallsThem(
            String inputRows, String outputRows) throws Exception {
        ModelRelease release = models.push("found", TestModels.found(inputRows, outputRows));
        Tensor all = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
        assertThat(only(run(release, "x", all)).shape()).containsExactly(6, 2);
        Tensor some = Tensor.of(new float[] {0, 2, 3, 4, 0, 6}, 3, 2);
        assertThat(only(run(release, "x", some)).longs()).containsExactly(0, 1, 1, 0, 1, 1, 2, 1);
        Tensor none = Tensor.of(new float[] {0, 0}, 1, 2);
        assertThat(only(run(release, "x", none)).shape()).containsExactly(0, 2);
    }

    @Test
    void whatTheModelItselfRefusesFailsThatCallOnly() throws Exception {
        ModelRelease release = models.push("lookup", TestModels.lookup());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<float[]>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Tensor input = Tensor.of(new long[] {i % 5}, 1);
                answers.add(callers.submit(() -> only(run(release, "index", input)).floats()));
            }
            for (int i = 0; i < answers.size(); i++) {
                Future<float[]> answer = answers.get(i);
                if (i % 5 == 4) {
                    assertThatThrownBy(answer::get).hasMessageContaining("out of");
                } else {
                    assertThat(answer.get()).startsWith((i % 5) * 10);
                }
            }
        }
    }

    @Test
    void whatDoesNotFitSaysWhichAndWhatWasExpectedAndFound() throws Exception {
        ModelRelease release = models.push("scale", TestModels.scale(2));
        Tensor right = Tensor.of(new float[3], 1, 3);
        assertMismatch(
                release, Map.of(), "the tensor 'x': expected float[batch, 3], found nothing");
        assertMismatch(
                release,
                Map.of("x", right, "z", right),
                "the tensor 'z': expected one of the inputs [x: float[batch, 3]], found an unknown name");
        assertMismatch(
                release,
                Map.of("x", Tensor.of(new double[3], 1, 3)),
                "the tensor 'x': expected float[batch, 3], found double[1, 3]");
        assertMismatch(
                release,
                Map.of("x", Tensor.of(new float[4], 1, 4)),
                "the tensor 'x': expected float[batch, 3], found float[1, 4]");
        assertMismatch(
                release,
                Map.of("x", Tensor.of(new float[3], 3)),
                "the tensor 'x': expected float[batch, 3], found float[3]");
    }

    private void assertMismatch(ModelRelease release, Map<String, Tensor> inputs, String message) {
        assertThatThrownBy(() -> models.inference().run(release, inputs, 0, ModelRuns.LONG))
                .isInstanceOf(TensorMismatch.class)
                .hasMessage(message);
    }

    @Test
    void liveMovesWithoutACallThatFailsAndTheOldOneIsUnloaded() throws Exception {
        ModelRelease first = models.push("scale", TestModels.scale(1));
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(callers.submit(() -> callUntil(stop)));
            }
            ModelRelease last = first;
            for (int factor = 2; factor <= 10; factor++) {
                last = models.push("scale", TestModels.scale(factor));
                assertThat(models.inference().usage(last))
                        .as("warm when live has moved")
                        .isPresent();
                assertThat(live()).isEqualTo(last);
            }
            stop.set(true);
            int done = 0;
            for (Future<Integer> each : calls) {
                done += each.get();
            }
            assertThat(done).isPositive();
            assertThat(models.inference().usage(first)).isEmpty();
            models.store().models().setAlias(SCALE, LIVE, Split.all(1));
            assertThat(only(run(live(), "x", Tensor.of(new float[] {5, 0, 0}, 1, 3))).floats())
                    .containsExactly(5, 0, 0);
        }
    }

    private int callUntil(AtomicBoolean stop) {
        int calls = 0;
        while (!stop.get()) {
            ModelRelease release = live();
            float[] result =
                    only(run(release, "x", Tensor.of(new float[] {1, 1, 1}, 1, 3))).floats();
            assertThat(result[0]).isEqualTo(release.number());
            calls++;
        }
        return calls;
    }

    @Test
    void aSplitSharesKeysOutAndKeepsEachAtItsRelease() throws Exception {
        models.push("scale", TestModels.scale(1));
        models.push("scale", TestModels.scale(2));
        models.store()
                .models()
                .setAlias(SCALE, LIVE, new Split(new TreeMap<>(Map.of(1, 80, 2, 20))));
        int[] counts = new int[3];
        for (int i = 0; i < 2_000; i++) {
            String key = "01J" + Long.toHexString(i * 7919L);
            int number = models.inference().live(SCALE, key).number();
            assertThat(models.inference().live(SCALE, key).number()).isEqualTo(number);
            counts[number]++;
        }
        assertThat(counts[2]).as(Arrays.toString(counts)).isBetween(300, 500);
    }

    @Test
    void modelsShareAMemoryBudgetAndTheLongestUnusedGoesFirst() throws Exception {
        ModelRelease a = models.push("a", TestModels.scale(1));
        ModelRelease b = models.push("b", TestModels.scale(2));
        ModelRelease c = models.push("c", TestModels.scale(3));
        long budget = a.description().bytes() * 2 + 1;
        InferenceConfig config = new InferenceConfig(Device.CPU, 0, 1, 1, budget, 10);
        try (Inference small =
                new Inference(config, models.store().models(), models.store().artifacts())) {
            small.load(a);
            small.load(b);
            small.load(a);
            small.load(c);
            assertThat(small.usage(a)).isPresent();
            assertThat(small.usage(b)).isEmpty();
            assertThat(small.usage(c)).isPresent();
        }
        InferenceConfig tiny = new InferenceConfig(Device.CPU, 0, 1, 1, 10, 10);
        try (Inference none =
                new Inference(tiny, models.store().models(), models.store().artifacts())) {
            assertThatThrownBy(() -> none.load(a))
                    .hasMessage(
                            "a@v1 has %d bytes; models.memory lets all models together have 10, of which 0 are in use: set it to 1Mi or more in treadle.yaml"
                                    .formatted(a.description().bytes()));
        }
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        assertThatThrownBy(() -> models.inference().live(SCALE, "k"))
                .isInstanceOfSatisfying(
                        InferenceFailed.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN))
                .hasMessageContaining("treadle model push scale FILE.onnx");
        models.push("scale", TestModels.scale(1));
        assertThatThrownBy(() -> models.inference().release(SCALE, 7)).hasMessageContaining("v7");
    }

    private ModelRelease live() {
        return models.inference().live(SCALE, "any");
    }

    private static Tensor only(Map<String, Tensor> outputs) {
        return outputs.values().iterator().next();
    }

    private Map<String, Tensor> run(ModelRelease release, String input, Tensor tensor) {
        return models.run(release, input, tensor);
    }
}
