package dev.treadle.benchmarks.functions;

import dev.treadle.Batch;
import dev.treadle.BatchFunction;
import dev.treadle.Context;

/** Does nothing, for many events at once. */
public final class NoopBatch implements BatchFunction {
    @Override
    public void handle(Batch batch, Context context) {}
}
