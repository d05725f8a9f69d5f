package dev.treadle.inference;

import dev.treadle.Tensor;
import dev.treadle.inference.InferenceFailed.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls that run as one. {@code waiting} is guarded by the batcher's lock. */
final class Batch {
    private static final System.Logger LOG = System.getLogger(Batch.class.getName());

    final List<Job> jobs;
    final Stop stop = new Stop();
    int waiting;

    Batch(List<Job> jobs) {
        this.jobs = List.copyOf(jobs);
        this.waiting = jobs.size();
    }

    /** Runs it, and answers every call in it. */
    void run(Runner runner, Buffers buffers) {
        if (jobs.size() == 1) {
            alone(jobs.getFirst(), runner, stop);
            return;
        }
        try {
            together(runner, buffers.lend());
        } catch (InferenceFailed | ArithmeticException e) {
            // One bad call must not fail its neighbours: each for itself.
            LOG.log(System.Logger.Level.DEBUG, "a batch of {0} failed: {1}", jobs.size(), e);
            jobs.forEach(job -> alone(job, runner, stop));
        } catch (RuntimeException | Error e) {
            jobs.forEach(job -> job.result.completeExceptionally(e));
        }
    }

    private static void alone(Job job, Runner runner, Stop stop) {
        try {
            job.result.complete(runner.run(job.inputs, stop, Tensor::direct));
        } catch (RuntimeException | Error e) {
            job.result.completeExceptionally(e);
        }
    }

    private void together(Runner runner, Buffers.Loan loan) {
        boolean ran = false;
        try {
            Map<String, Tensor> outputs = runner.run(joined(loan), stop, loan);
            requireRows(outputs);
            ran = true;
            // Callers that are woken by a virtual thread follow it on its carrier. Woken from
            // here, each would have a carrier woken, which takes the processor from the next run.
            Thread.ofVirtual().name("answers").start(() -> answer(outputs, loan));
        } finally {
            if (!ran) {
                loan.close();
            }
        }
    }

    private void answer(Map<String, Tensor> outputs, Buffers.Loan loan) {
        try (loan) {
            split(outputs);
        } catch (RuntimeException | Error e) {
            jobs.forEach(job -> job.result.completeExceptionally(e));
        }
    }

    private Map<String, Tensor> joined(Room room) {
        Map<String, Tensor> joined = new LinkedHashMap<>();
        for (String name : jobs.getFirst().inputs.keySet()) {
            List<Tensor> parts = new ArrayList<>();
            jobs.forEach(job -> parts.add(job.inputs.get(name)));
            joined.put(name, Rows.join(parts, room));
        }
        return joined;
    }

    private void requireRows(Map<String, Tensor> outputs) {
        long rows = jobs.stream().mapToLong(job -> job.rows).sum();
        for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
            long[] shape = output.getValue().shape();
            if (shape.length == 0 || shape[0] != rows) {
                throw new InferenceFailed(
                        Reason.FAILED,
                        "'%s' is %s after a batch of %d rows"
                                .formatted(output.getKey(), output.getValue(), rows));
            }
        }
    }

    private void split(Map<String, Tensor> outputs) {
        long from = 0;
        for (Job job : jobs) {
            Map<String, Tensor> own = new LinkedHashMap<>();
            for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
                own.put(output.getKey(), Rows.copy(output.getValue(), from, job.rows));
            }
            from += job.rows;
            job.result.complete(own);
        }
    }
}
