package dev.treadle.benchmarks.functions;

import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;

/** Calls another function and does nothing else. */
public final class Asks implements EventFunction {
    private static final byte[] NOTHING = {};

    @Override
    public void handle(Event event, Context context) {
        context.call("f0", NOTHING);
    }
}
