package dev.treadle.benchmarks.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** ONNX Runtime at its best: tensors made once and used again, outputs in place, no questions. */
public final class RawOrt implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Network network;

    public RawOrt(Network network, Path file) throws OrtException {
        this.network = network;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(file.toString(), options);
        }
    }

    /** Rows a second, in batches of so many, on so many threads. */
    public double rows(int batch, int threads, Duration round) throws Exception {
        long end = System.nanoTime() + round.toNanos();
        long runs = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> runUntil(end, batch)));
            }
            for (Future<Long> each : running) {
                runs += each.get();
            }
        }
        return runs * batch / (round.toNanos() / 1e9);
    }

    private long runUntil(long end, int batch) throws OrtException {
        try (OnnxTensor x = tensor(batch, network.inputs());
                OnnxTensor y = tensor(batch, network.outputs())) {
            Map<String, OnnxTensor> inputs = Map.of("x", x);
            Map<String, OnnxTensor> outputs = Map.of("y", y);
            long runs = 0;
            while (System.nanoTime() < end) {
                session.run(inputs, outputs).close();
                runs++;
            }
            return runs;
        }
    }

    /** How long a run of one row takes. */
    public double medianMicros(int count) throws OrtException {
        try (OnnxTensor x = tensor(1, network.inputs());
                OnnxTensor y = tensor(1, network.outputs())) {
            Map<String, OnnxTensor> inputs = Map.of("x", x);
            Map<String, OnnxTensor> outputs = Map.of("y", y);
            return medianMicros(
                    count,
                    () -> {
                        try {
                            session.run(inputs, outputs).close();
                        } catch (OrtException e) {
                            throw new IllegalStateException(e);
                        }
                    });
        }
    }

    /** How long something takes, on this thread, again and again. */
    public static double medianMicros(int count, Runnable work) {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long began = System.nanoTime();
            work.run();
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        return nanos[count / 2] / 1e3;
    }

    private OnnxTensor tensor(int rows, int columns) throws OrtException {
        FloatBuffer data =
                ByteBuffer.allocateDirect(4 * rows * columns)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        return OnnxTensor.createTensor(environment, data, new long[] {rows, columns});
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
