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
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What batching gains, and what it costs a call that is alone. */
final class InferenceBenchmark implements Benchmark {
    private static final List<Integer> BATCHES = List.of(1, 8, 16, 32);
    private static final int CALLERS_PER_LANE = 128;

    /** The first rounds are the compiler's. */
    private static final int WARMUPS = 4;

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
            for (int i = 0; i < WARMUPS; i++) {
                many(lab, subject);
            }
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

    /** ONNX Runtime alone, with a batch of one size. */
    private record Static(int batch, Rounds rounds) {
        Static(int batch) {
            this(batch, new Rounds());
        }
    }

    private static List<Row> throughput(Lab lab, Subject subject, RawOrt raw) throws Exception {
        String what = "inference: %s network".formatted(subject.network().name());
        Rounds ours = new Rounds();
        List<Static> raws = BATCHES.stream().map(Static::new).toList();
        Inference.Usage before = subject.usage();
        for (int round = 0; round < lab.rounds(); round++) {
            ours.add(many(lab, subject));
            for (Static each : raws) {
                each.rounds().add(raw.rows(each.batch(), lab.cores(), lab.round()));
            }
        }
        Inference.Usage after = subject.usage();
        // One size for all rounds: the best of each would be the best of their noise too.
        Static best = Collections.max(raws, Comparator.comparing(each -> each.rounds().median()));
        return List.of(
                Row.rates(
                        "%s, rows of many callers, beside ORT's best batch, %d"
                                .formatted(what, best.batch()),
                        ours,
                        best.rounds(),
                        "≥ 0.90 (0.97)"),
                Row.rates(
                        what + ", the same, beside ORT row by row",
                        ours,
                        raws.getFirst().rounds(),
                        ""),
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
