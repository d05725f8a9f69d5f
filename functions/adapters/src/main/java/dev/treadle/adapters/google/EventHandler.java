package dev.treadle.adapters.google;

import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;
import dev.treadle.adapters.Closing;

/** One of Google's event functions. */
final class EventHandler implements EventFunction {
    private final Object handler;
    private final EventFunction call;

    /**
     * @param call how to call the handler
     */
    EventHandler(Object handler, EventFunction call) {
        this.handler = handler;
        this.call = call;
    }

    @Override
    public void handle(Event event, Context context) throws Exception {
        call.handle(event, context);
    }

    @Override
    public void close() throws Exception {
        Closing.close(handler);
    }
}
