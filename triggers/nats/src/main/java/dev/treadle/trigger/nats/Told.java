package dev.treadle.trigger.nats;

import dev.treadle.Event;
import dev.treadle.trigger.TraceContext;
import java.util.Optional;

/**
 * An outcome on its way to a destination.
 *
 * @param key what repetitions are known by
 * @param function whose outcome it is
 * @param event what tells of it
 * @param hops how many events have led to what has this outcome
 * @param trace the trace that it belongs to
 */
record Told(String key, String function, Event event, int hops, Optional<TraceContext> trace) {}
