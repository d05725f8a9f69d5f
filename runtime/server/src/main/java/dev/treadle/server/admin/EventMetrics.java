package dev.treadle.server.admin;

import dev.treadle.server.events.EventStatus;
import dev.treadle.trigger.nats.NatsTrigger;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** The event triggers' meters, in Prometheus text format: all of them are kept elsewhere. */
final class EventMetrics {
    private EventMetrics() {}

    private record Meter(
            String name, String type, String help, Function<EventStatus, OptionalLong> value) {
        static Meter counter(String name, String help, Function<EventStatus, Long> value) {
            return new Meter(name, "counter", help, status -> OptionalLong.of(value.apply(status)));
        }

        static Meter gauge(String name, String help, Function<EventStatus, Long> value) {
            return new Meter(name, "gauge", help, status -> OptionalLong.of(value.apply(status)));
        }

        /** Left out while the consumer cannot be asked. */
        static Meter backlog(String name, String help, Function<NatsTrigger.Backlog, Long> value) {
            return new Meter(
                    name,
                    "gauge",
                    help,
                    status ->
                            status.backlog()
                                    .map(it -> OptionalLong.of(value.apply(it)))
                                    .orElse(OptionalLong.empty()));
        }
    }

    private static final List<Meter> METERS =
            List.of(
                    Meter.counter(
                            "treadle_events_handled_total",
                            "Events that were handled",
                            status -> status.counts().handled()),
                    Meter.counter(
                            "treadle_events_retried_total",
                            "Failed attempts that another one follows",
                            status -> status.counts().redeliveries()),
                    Meter.counter(
                            "treadle_events_refused_total",
                            "Deliveries given back for want of capacity",
                            status -> status.counts().refusals()),
                    Meter.counter(
                            "treadle_events_filtered_total",
                            "Events that the filter passed over",
                            status -> status.counts().passedOver()),
                    Meter.counter(
                            "treadle_events_dead_total",
                            "Events that became dead letters",
                            status -> status.counts().deadLetters()),
                    Meter.gauge(
                            "treadle_events_active",
                            "Events that run on this node",
                            status -> (long) status.inFlight()),
                    Meter.gauge(
                            "treadle_trigger_running",
                            "1 while the trigger takes events in, 0 otherwise",
                            status ->
                                    status.state().phase() == NatsTrigger.Phase.RUNNING ? 1L : 0L),
                    Meter.gauge(
                            "treadle_trigger_paused",
                            "1 while the trigger is paused, by an operator or for a dependency",
                            status -> status.state().phase() == NatsTrigger.Phase.PAUSED ? 1L : 0L),
                    Meter.backlog(
                            "treadle_trigger_lag",
                            "Events not delivered yet, to any node",
                            NatsTrigger.Backlog::lag),
                    Meter.backlog(
                            "treadle_trigger_pending",
                            "Events that run or wait for another attempt, on all nodes",
                            NatsTrigger.Backlog::pending),
                    Meter.backlog(
                            "treadle_trigger_redelivered",
                            "Pending events that were delivered before",
                            NatsTrigger.Backlog::redelivered));

    /** Nothing when there is no trigger. */
    static String text(List<EventStatus> statuses) {
        StringBuilder text = new StringBuilder();
        if (!statuses.isEmpty()) {
            METERS.forEach(meter -> write(text, meter, statuses));
        }
        return text.toString();
    }

    private static void write(StringBuilder text, Meter meter, List<EventStatus> statuses) {
        text.append(
                "# HELP %s %s\n# TYPE %s %s\n"
                        .formatted(meter.name(), meter.help(), meter.name(), meter.type()));
        for (EventStatus status : statuses) {
            meter.value()
                    .apply(status)
                    .ifPresent(
                            value ->
                                    text.append(
                                            "%s{faas_name=\"%s\",trigger=\"%s\"} %d\n"
                                                    .formatted(
                                                            meter.name(),
                                                            status.function(),
                                                            status.trigger(),
                                                            value)));
        }
    }
}
