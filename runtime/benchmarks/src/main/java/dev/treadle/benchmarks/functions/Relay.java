package dev.treadle.benchmarks.functions;

import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;

/** Publishes one event for each that comes, to the subject that its configuration names. */
public final class Relay implements EventFunction {
    @Override
    public void handle(Event event, Context context) {
        context.publish(
                context.config("SUBJECT").orElseThrow(),
                context.event("relayed").data(event.data()).build());
    }
}
