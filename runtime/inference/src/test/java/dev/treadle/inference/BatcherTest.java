package dev.treadle.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.ElementType;
import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.TensorSpec;
import dev.treadle.TensorSpec.Dimension;
import dev.treadle.inference.InferenceFailed.Reason;
import dev.treadle.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The batcher with a model that runs only when the test lets it. */
@Timeout(60)
class BatcherTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final float POISON = -1;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Gated model = new Gated();

    @AfterEach
    void stop() {
        model.open();
        threads.shutdownNow();
        callers.shutdownNow();
    }

    @Test
    void aCallThatFindsAFreeLaneRunsAtOnceAndAlone() {
        model.open();
        Batcher batcher = batcher(1, 10);
        assertThat(floats(batcher.run(row(1), 0, LONG))).containsExactly(10);
        assertThat(model.batches).containsExactly(1);
    }

    @Test
    void whatWaitsWhileTheLaneIsBusyRunsTogetherAndEachGetsItsOwnRows() throws Exception {
        Batcher batcher = batcher(1, 10);
        List<Future<float[]>> answers = callsBehindOne(batcher, row(1), row(2), rows(3, 4), row(5));
        model.open();
        assertThat(answers.get(0).get()).containsExactly(0);
        assertThat(answers.get(1).get()).containsExactly(10);
        assertThat(answers.get(2).get()).containsExactly(20);
        assertThat(answers.get(3).get()).containsExactly(30, 40);
        assertThat(answers.get(4).get()).containsExactly(50);
        assertThat(model.batches).containsExactly(1, 5);
        assertThat(batcher.counts()).isEqualTo(new Batcher.Counts(5, 2));
    }

    @Test
    void aBatchHasNoMoreRowsThanItsMostModestCallAllows() throws Exception {
        Batcher batcher = batcher(1, 10);
        List<Future<float[]>> answers =
                callsBehindOne(batcher, 2, row(1), row(2), row(3), row(4), row(5));
        model.open();
        for (Future<float[]> answer : answers) {
            answer.get();
        }
        assertThat(model.batches).containsExactly(1, 2, 2, 1);
    }

    @Test
    void callsOfOtherShapesRunInBatchesOfTheirOwn() throws Exception {
        Batcher batcher = batcher(1, 10);
        Map<String, Tensor> wide = Map.of("x", Tensor.of(new float[] {7, 8}, 1, 2));
        List<Future<float[]>> answers = callsBehindOne(batcher, row(1), wide, row(2), wide);
        model.open();
        assertThat(answers.get(2).get()).containsExactly(70, 80);
        assertThat(answers.get(3).get()).containsExactly(20);
        assertThat(model.batches).containsExactly(1, 2, 2);
    }

    @Test
    void aBadCallFailsAloneAndItsNeighboursGetTheirAnswers() throws Exception {
        Batcher batcher = batcher(1, 10);
        List<Future<float[]>> answers = callsBehindOne(batcher, row(1), row(POISON), row(2));
        model.open();
        assertThat(answers.get(1).get()).containsExactly(10);
        assertThat(answers.get(3).get()).containsExactly(20);
        assertThatThrownBy(() -> answers.get(2).get()).hasMessageContaining("poisoned");
    }

    @Test
    void aModelWithoutABatchDimensionRunsEachCallAlone() throws Exception {
        Batcher batcher =
                new Batcher(model, BatchRule.of(signature(Dimension.of(1))), threads, 1, 10);
        List<Future<float[]>> answers = callsBehindOne(batcher, 8, row(1), row(2));
        model.open();
        assertThat(answers.get(2).get()).containsExactly(20);
        assertThat(model.batches).containsExactly(1, 1, 1);
    }

    @Test
    void twoLanesRunAtATimeBeforeAnythingWaits() throws Exception {
        Batcher batcher = batcher(2, 10);
        Future<float[]> first = call(batcher, row(1));
        model.begun.take();
        Future<float[]> second = call(batcher, row(2));
        model.begun.take();
        model.open();
        assertThat(first.get()).containsExactly(10);
        assertThat(second.get()).containsExactly(20);
    }

    @Test
    void moreCallsThanMayWaitAreRefused() throws Exception {
        Batcher batcher = batcher(1, 2);
        callsBehindOne(batcher, row(1), row(2));
        assertThatThrownBy(() -> batcher.run(row(3), 0, LONG))
                .isInstanceOfSatisfying(
                        InferenceFailed.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUSY))
                .hasMessageContaining("2 calls of it wait already");
    }

    @Test
    void aCallThatIsOutOfTimeLeavesAndARunThatNobodyWaitsForIsStopped() throws Exception {
        Batcher batcher = batcher(1, 10);
        assertThatThrownBy(() -> batcher.run(row(1), 0, Duration.ofMillis(1)))
                .isInstanceOfSatisfying(
                        InferenceFailed.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.EXPIRED));
        model.open(); // a run that was stopped does not wait for it
        assertThat(floats(batcher.run(row(2), 0, LONG))).containsExactly(20);
    }

    @Test
    void theModelIsClosedWhenItsLastRunHasEnded() throws Exception {
        Batcher batcher = batcher(1, 10);
        Future<float[]> running = call(batcher, row(1));
        model.begun.take();
        batcher.close();
        assertThat(model.closed).isFalse();
        model.open();
        running.get();
        Eventually.holds(() -> model.closed);
        assertThatThrownBy(() -> batcher.run(row(2), 0, LONG)).hasMessageContaining("unloaded");
    }

    private Batcher batcher(int lanes, int waitingMax) {
        return new Batcher(
                model,
                BatchRule.of(signature(Dimension.varying("batch"))),
                threads,
                lanes,
                waitingMax);
    }

    private static ModelSignature signature(Dimension first) {
        List<Dimension> shape = List.of(first, Dimension.varying(""));
        return new ModelSignature(
                List.of(new TensorSpec("x", ElementType.FLOAT, shape)),
                List.of(new TensorSpec("y", ElementType.FLOAT, shape)));
    }

    @SafeVarargs
    private List<Future<float[]>> callsBehindOne(Batcher batcher, Map<String, Tensor>... inputs)
            throws Exception {
        return callsBehindOne(batcher, 0, inputs);
    }

    /** One call that runs, and others that came meanwhile, in this order. */
    @SafeVarargs
    private List<Future<float[]>> callsBehindOne(
            Batcher batcher, int max, Map<String, Tensor>... inputs) throws Exception {
        List<Future<float[]>> answers = new ArrayList<>();
        answers.add(call(batcher, row(0)));
        model.begun.take();
        for (Map<String, Tensor> input : inputs) {
            long before = batcher.counts().calls();
            answers.add(callers.submit(() -> floats(batcher.run(input, max, LONG))));
            Eventually.holds(() -> batcher.counts().calls() > before);
        }
        return answers;
    }

    private Future<float[]> call(Batcher batcher, Map<String, Tensor> input) {
        return callers.submit(() -> floats(batcher.run(input, 0, LONG)));
    }

    private static float[] floats(Map<String, Tensor> outputs) {
        return outputs.values().iterator().next().floats();
    }

    private static Map<String, Tensor> row(float value) {
        return rows(value);
    }

    private static Map<String, Tensor> rows(float... values) {
        return Map.of("x", Tensor.of(values, values.length, 1));
    }

    /** Multiplies by ten, once its gate is open. */
    private static final class Gated implements Runner {
        private final CountDownLatch gate = new CountDownLatch(1);
        private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
        private final List<Integer> batches = new CopyOnWriteArrayList<>();
        private volatile boolean closed;

        void open() {
            gate.countDown();
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs, Stop stop, Room room) {
            Tensor x = Objects.requireNonNull(inputs.get("x"));
            begun.add((int) x.shape()[0]);
            CountDownLatch stopped = new CountDownLatch(1);
            stop.begin(stopped::countDown);
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new InferenceFailed(Reason.FAILED, "interrupted", e);
            }
            float[] values = x.floats();
            for (int i = 0; i < values.length; i++) {
                if (values[i] == POISON) {
                    throw new InferenceFailed(Reason.FAILED, "poisoned");
                }
                values[i] *= 10;
            }
            batches.add((int) x.shape()[0]);
            return Map.of("y", Tensor.of(values, x.shape()));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
