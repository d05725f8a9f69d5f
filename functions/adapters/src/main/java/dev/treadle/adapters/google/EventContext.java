package dev.treadle.adapters.google;

import com.google.cloud.functions.Context;
import dev.treadle.Event;
import java.time.Instant;
import java.util.Map;

/** The context of a background function: the attributes of its event. */
record EventContext(
        String eventId,
        String timestamp,
        String eventType,
        String resource,
        Map<String, String> attributes)
        implements Context {
    static EventContext of(Event event) {
        String source = event.source().toString();
        return new EventContext(
                event.id(),
                event.time().map(Instant::toString).orElse(""),
                event.type(),
                event.subject().map(subject -> source + "/" + subject).orElse(source),
                event.extensions());
    }
}
