package dev.treadle.trigger.nats;

import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import java.util.function.Function;

/** A dispatcher whose functions are one lambda. */
record FakeDispatcher(Function<InvocationRequest, Outcome> function) implements Dispatcher {
    @Override
    public Outcome dispatch(InvocationRequest request) {
        return function.apply(request);
    }

    @Override
    public String newInvocationId() {
        return "i";
    }
}
