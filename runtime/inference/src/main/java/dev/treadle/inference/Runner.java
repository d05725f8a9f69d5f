package dev.treadle.inference;

import dev.treadle.Tensor;
import java.util.Map;

/** Runs a model once. Safe for threads. */
interface Runner extends AutoCloseable {
    /**
     * Runs it to its end.
     *
     * @param room for outputs; those that it does not take from there have memory of their own
     * @throws InferenceFailed when it failed, or was stopped
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs, Stop stop, Room room);

    @Override
    void close();
}
