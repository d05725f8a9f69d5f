package dev.treadle.inference;

import dev.treadle.Tensor;
import java.time.Duration;
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
    final Duration patience;
    final long endNanos;
    final CompletableFuture<Map<String, Tensor>> result = new CompletableFuture<>();
    @Nullable Batch batch;
    boolean abandoned;

    /**
     * @param rows how many rows it has; 0 when it runs alone
     * @param batchMax how many rows a batch with it may have
     * @param patience how long its caller waits, from now on
     */
    Job(Map<String, Tensor> inputs, long rows, int batchMax, Duration patience) {
        this.inputs = inputs;
        this.rows = rows;
        this.batchMax = batchMax;
        this.patience = patience;
        this.endNanos = System.nanoTime() + patience.toNanos();
    }

    boolean isOverdue(long nowNanos) {
        return !abandoned && !result.isDone() && endNanos - nowNanos <= 0;
    }

    /** Tells its caller that the time is over. */
    void expire() {
        result.completeExceptionally(
                new InferenceFailed(
                        InferenceFailed.Reason.EXPIRED,
                        "it did not end within %d ms".formatted(patience.toMillis())));
    }
}
