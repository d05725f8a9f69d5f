package dev.treadle.trigger.schedule;

import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.Response;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A dispatcher that writes down the events it gets. */
final class SeenTicks implements Dispatcher, Json {
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<InvocationRequest> requests = new CopyOnWriteArrayList<>();
    Outcome outcome = new Outcome.Succeeded(Response.status(204));

    List<Event> events() {
        return events;
    }

    List<InvocationRequest> requests() {
        return requests;
    }

    List<Instant> times() {
        return events.stream().map(event -> event.time().orElseThrow()).toList();
    }

    @Override
    public Outcome dispatch(InvocationRequest request) {
        requests.add(request);
        events.add(request.input().asEvent(this, 1 << 20));
        return outcome;
    }

    @Override
    public String newInvocationId() {
        return "run-" + events.size();
    }

    @Override
    public <T> T read(byte[] json, Type type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] write(Object value) {
        throw new UnsupportedOperationException();
    }
}
