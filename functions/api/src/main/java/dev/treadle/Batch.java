package dev.treadle;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Events that are handled together, in the order of their stream. Safe for threads. */
public final class Batch implements Iterable<Event> {
    private final List<Event> events;

    /** By the event's place; guarded by this. */
    private final Map<Event, Exception> failures = new IdentityHashMap<>();

    /** A batch; the platform makes them, and tests may. */
    public Batch(List<Event> events) {
        this.events = List.copyOf(events);
    }

    /** The events; never empty when a function gets them. */
    public List<Event> events() {
        return events;
    }

    @Override
    public Iterator<Event> iterator() {
        return events.iterator();
    }

    /**
     * Reports that an event could not be handled; the others are done with all the same. It is
     * tried again alone, unless the cause is {@link Permanent}: then it is a dead letter. {@link
     * RetryAfter} says when. A later report for the same event replaces this one.
     *
     * @param event one of this batch's own events
     * @param cause what went wrong; it is logged
     * @throws IllegalArgumentException when the event is not one of this batch
     */
    public synchronized void fail(Event event, Exception cause) {
        if (events.stream().noneMatch(mine -> mine == event)) {
            throw new IllegalArgumentException(
                    "the event " + event.id() + " is not one of this batch");
        }
        failures.put(event, cause);
    }

    /** What was reported so far: events and why they failed. Compares events by identity. */
    public synchronized Map<Event, Exception> failures() {
        Map<Event, Exception> copy = new IdentityHashMap<>(failures);
        return Collections.unmodifiableMap(copy);
    }
}
