package dev.treadle.server.schedules;

import dev.treadle.Response;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Registry;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.server.FunctionTriggers;
import dev.treadle.server.events.TriggerSettings;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.nats.Courier;
import dev.treadle.trigger.nats.Destinations;

/** Runs ticks and tells how they end where their manifests say. Safe for threads. */
public final class ToldTicks implements Dispatcher {
    private final Registry registry;
    private final Dispatcher functions;
    private final Courier courier;

    public ToldTicks(Registry registry, Dispatcher functions, Courier courier) {
        this.registry = registry;
        this.functions = functions;
        this.courier = courier;
    }

    @Override
    public Outcome dispatch(InvocationRequest request) {
        Outcome outcome = functions.dispatch(request);
        Destinations destinations = destinations(request);
        if (destinations.equals(Destinations.NONE)) {
            return outcome;
        }
        Outcome ended = ended(outcome);
        courier.tell(destinations, request, ended);
        return ended;
    }

    /** Nobody reads a tick's answer: a streamed one is not written. */
    private static Outcome ended(Outcome outcome) {
        if (outcome instanceof Outcome.Streaming(Response head, Outcome.Stream body)) {
            body.close();
            return new Outcome.Succeeded(Response.status(head.status()));
        }
        return outcome;
    }

    @Override
    public String newInvocationId() {
        return functions.newInvocationId();
    }

    private Destinations destinations(InvocationRequest request) {
        return registry.catalog()
                .function(new FunctionName(request.target().function()))
                .map(FunctionTriggers::live)
                .map(triggers -> triggers.get(request.trigger()))
                .filter(TriggerSpec.Schedule.class::isInstance)
                .map(TriggerSpec.Schedule.class::cast)
                .map(schedule -> TriggerSettings.destinations(schedule.destinations()))
                .orElse(Destinations.NONE);
    }
}
