package dev.treadle.server.admin;

import dev.treadle.server.events.EventStatus;
import dev.treadle.trigger.nats.DeadLetterStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many dead letters are kept, in Prometheus text format: also those of functions and triggers
 * that are gone, since somebody has to deal with them.
 */
final class DeadLetterMetrics {
    private static final String NAME = "treadle_dead_letters";

    private DeadLetterMetrics() {}

    /** Nothing when there are neither triggers nor dead letters. */
    static String text(List<EventStatus> triggers, Map<DeadLetterStore.Owner, Long> kept) {
        Map<DeadLetterStore.Owner, Long> counts =
                new TreeMap<>(
                        Comparator.comparing(DeadLetterStore.Owner::function)
                                .thenComparing(DeadLetterStore.Owner::trigger));
        for (EventStatus status : triggers) {
            counts.put(new DeadLetterStore.Owner(status.function(), status.trigger()), 0L);
        }
        counts.putAll(kept);
        StringBuilder text = new StringBuilder();
        if (!counts.isEmpty()) {
            text.append(
                    "# HELP %s Events that were given up and can be redriven\n".formatted(NAME));
            text.append("# TYPE %s gauge\n".formatted(NAME));
        }
        counts.forEach(
                (owner, count) ->
                        text.append(
                                "%s{faas_name=\"%s\",trigger=\"%s\"} %d\n"
                                        .formatted(
                                                NAME, owner.function(), owner.trigger(), count)));
        return text.toString();
    }
}
