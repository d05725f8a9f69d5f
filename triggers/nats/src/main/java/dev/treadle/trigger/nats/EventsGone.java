package dev.treadle.trigger.nats;

/** The stream that events are wanted of is not there, or has none of them any more. */
public final class EventsGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EventsGone(String message) {
        super(message);
    }
}
