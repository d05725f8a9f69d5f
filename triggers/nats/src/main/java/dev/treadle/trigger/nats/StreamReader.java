package dev.treadle.trigger.nats;

import dev.treadle.Event;
import dev.treadle.HttpError;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The wanted events of a part of a stream, in its order. For one thread at a time. */
final class StreamReader implements Iterator<StoredEvent> {
    /** How often the stream is asked where it begins, at most. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final StreamLook look;
    private final StreamRange range;
    private final Optional<EventFilter> own;
    private final Selection wanted;
    private final StopSign stop;
    private @Nullable StoredEvent next;
    private long position;
    private long taken;
    private long passedOver;
    private long begins;
    private long lookedNanos;
    private long dropped;

    StreamReader(
            StreamLook look,
            StreamRange range,
            NatsTriggerConfig trigger,
            Selection wanted,
            StopSign stop) {
        this.look = look;
        this.range = range;
        this.own = trigger.filter();
        this.wanted = wanted;
        this.stop = stop;
        this.position = range.first();
        this.lookedNanos = System.nanoTime() - 2 * LOOK.toNanos();
    }

    /**
     * Asks the server.
     *
     * @throws NatsUnavailable when it does not answer for long
     */
    @Override
    public boolean hasNext() {
        while (next == null && taken < wanted.limit() && position <= range.last() && !stop.isUp()) {
            look.next(position, range.subject())
                    .filter(event -> event.sequence() <= range.last())
                    .ifPresentOrElse(this::look, this::end);
        }
        return next != null;
    }

    private void look(StoredEvent event) {
        leap(event.sequence());
        position = event.sequence() + 1;
        if (matches(event)) {
            next = event;
            taken++;
        } else {
            passedOver++;
        }
    }

    private void end() {
        leap(range.last() + 1);
        position = range.last() + 1;
    }

    /** Numbers are passed over: are they another subject's, or has the stream dropped them? */
    private void leap(long to) {
        if (to == position) {
            return;
        }
        long now = System.nanoTime();
        if (now - lookedNanos > LOOK.toNanos()) {
            lookedNanos = now;
            begins = look.state().getFirstSequence();
        }
        dropped += Math.max(0, Math.min(to, begins) - position);
    }

    /** One that cannot be read matches: it fails, as it did at first. */
    private boolean matches(StoredEvent stored) {
        if (own.isEmpty() && wanted.filter().isEmpty()) {
            return true;
        }
        try {
            Event event = NatsEvents.read(stored.message(), stored.arrival(), NoJson.INSTANCE);
            return own.map(filter -> filter.matches(event)).orElse(true)
                    && wanted.filter().map(filter -> filter.matches(event)).orElse(true);
        } catch (HttpError e) {
            return true;
        }
    }

    @Override
    public StoredEvent next() {
        StoredEvent event = next;
        if (event == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return event;
    }

    /**
     * How many numbers, whatever their subjects, the stream has dropped since the range was found
     * and before they were reached. What it has dropped within the last second may be missing.
     */
    long dropped() {
        return dropped;
    }

    /** How many events did not match. */
    long passedOver() {
        return passedOver;
    }
}
