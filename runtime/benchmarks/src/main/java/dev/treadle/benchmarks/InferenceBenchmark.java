package dev.treadle.benchmarks;

import ai.onnxruntime.OrtException;
import dev.treadle.Tensor;
import dev.treadle.benchmarks.inference.Network;
import dev.treadle.benchmarks.inference.RawOrt;
import dev.treadle.benchmarks.process.Cores;
import dev.treadle.inference.Device;
import dev.treadle.inference.Inference;
import dev.treadle.inference.InferenceConfig;
import dev.treadle.registry.ModelRelease;
import dev.treadle.registry.files.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What batching gains, and what it costs a call that is alone. */
final class InferenceBenchmark implements Benchmark {
    private static final int[] BATCHES = {1, 8, 16, 32};
    private static final int CALLERS_PER_LANE = 128;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "inference";
    }

    @Override
    public String question() {
        return "one row a call from many callers, beside ONNX Runtime at its best batch; a lone call";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(Cores.SHARED);
        List<Row> rows = new ArrayList<>(run(lab, Network.LARGE));
        rows.addAll(run(lab, Network.SMALL));
        return rows;
    }

    private static List<Row> run(Lab lab, Network network) throws Exception {
        Path folder = lab.newFolder("inference");
        Path file = Files.write(folder.resolve("network.onnx"), network.file());
        InferenceConfig config =
                new InferenceConfig(Device.CPU, 0, lab.cores(), 1, 1 << 30, 100_000);
        try (FileStore store = FileStore.open(folder.resolve("store"), InstantSource.system());
                Inference inference = new Inference(config, store.models(), store.artifacts());
                RawOrt raw = new RawOrt(network, file)) {
            Subject subject = new Subject(network, network.push(store, file, config), inference);
            many(lab, subject);
            raw.rows(32, lab.cores(), lab.round());
            List<Row> rows = new ArrayList<>(throughput(lab, subject, raw));
            rows.add(alone(lab, subject, raw));
            return rows;
        }
    }

    /** What is measured. */
    private record Subject(Network network, ModelRelease release, Inference inference) {
        Map<String, Tensor> row() {
            int inputs = network.inputs();
            return Map.of("x", Tensor.of(new float[inputs], 1, inputs));
        }

        void run(Map<String, Tensor> inputs) {
            inference.run(release, inputs, 32, PATIENCE);
        }

        Inference.Usage usage() {
            return inference.usage(release).orElseThrow();
        }
    }

    private static List<Row> throughput(Lab lab, Subject subject, RawOrt raw) throws Exception {
        String what = "inference: %s network".formatted(subject.network().name());
        Rounds ours = new Rounds();
        Rounds unbatched = new Rounds();
        Rounds best = new Rounds();
        Inference.Usage before = subject.usage();
        for (int round = 0; round < lab.rounds(); round++) {
            ours.add(many(lab, subject));
            double most = 0;
            for (int batch : BATCHES) {
                double rate = raw.rows(batch, lab.cores(), lab.round());
                most = Math.max(most, rate);
                if (batch == 1) {
                    unbatched.add(rate);
                }
            }
            best.add(most);
        }
        Inference.Usage after = subject.usage();
        return List.of(
                Row.rates(
                        what + ", rows of many callers, beside ORT's best batch",
                        ours,
                        best,
                        "≥ 0.90 (0.97)"),
                Row.rates(what + ", the same, beside ORT row by row", ours, unbatched, ""),
                Row.alone(
                        what + ", rows in a run",
                        Row.format(
                                "%.1f",
                                (after.calls() - before.calls())
                                        / (double) (after.runs() - before.runs())),
                        ""));
    }

    /** Rows a second by callers of one row each, who each wait for their answer. */
    private static double many(Lab lab, Subject subject) throws Exception {
        long end = System.nanoTime() + lab.round().toNanos();
        long calls = 0;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS_PER_LANE * lab.cores(); i++) {
                running.add(callers.submit(() -> callUntil(end, subject)));
            }
            for (Future<Long> each : running) {
                calls += each.get();
            }
        }
        return calls / (lab.round().toNanos() / 1e9);
    }

    private static long callUntil(long end, Subject subject) {
        Map<String, Tensor> inputs = subject.row();
        long calls = 0;
        while (System.nanoTime() < end) {
            subject.run(inputs);
            calls++;
        }
        return calls;
    }

    private static Row alone(Lab lab, Subject subject, RawOrt raw)
            throws OrtException, IOException, InterruptedException {
        Rounds ours = new Rounds();
        Rounds control = new Rounds();
        Map<String, Tensor> inputs = subject.row();
        for (int round = 0; round < lab.rounds(); round++) {
            ours.add(RawOrt.medianMicros(lab.count(20_000, 5_000), () -> subject.run(inputs)));
            control.add(raw.medianMicros(lab.count(20_000, 5_000)));
        }
        return new Row(
                "inference: %s network, a lone call, median".formatted(subject.network().name()),
                Row.format("%.1f µs", ours.median()),
                Row.format("%.1f µs", control.median()),
                Row.format("+%.1f µs", ours.medianAbove(control)),
                "≤ +100 µs (20)");
    }
}
