package dev.treadle.inference;

import dev.treadle.Tensor;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One call that waits for its turn, or runs.
 *
 * <p>{@code batch} and {@code abandoned} are guarded by the batcher's lock.
 */
final class Job {
    final Map<String, Tensor> inputs;
    final long rows;
    final int batchMax;
    final CompletableFuture<Map<String, Tensor>> result = new CompletableFuture<>();
    @Nullable Batch batch;
    boolean abandoned;

    /**
     * @param rows how many rows it has; 0 when it runs alone
     * @param batchMax how many rows a batch with it may have
     */
    Job(Map<String, Tensor> inputs, long rows, int batchMax) {
        this.inputs = inputs;
        this.rows = rows;
        this.batchMax = batchMax;
    }
}
