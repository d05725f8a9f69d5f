package dev.treadle.inference;

import dev.treadle.Tensor;
import java.util.Map;

/** Runs a model once. Safe for threads. */
interface Runner extends AutoCloseable {
    /**
     * Runs it to its end.
     *
     * @throws InferenceFailed when it failed, or was stopped
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs, Stop stop);

    @Override
    void close();
}
