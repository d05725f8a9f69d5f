package dev.treadle.benchmarks.functions;

import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;

/** Does nothing. */
public final class Noop implements EventFunction {
    @Override
    public void handle(Event event, Context context) {}
}
