package dev.treadle.server.admin;

import dev.treadle.bindings.BindingMeter;
import dev.treadle.bindings.NodeBindings.MeterName;
import dev.treadle.bindings.NodeBindings.Metered;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What functions do with their bindings, in Prometheus text format. */
final class BindingMetrics {
    private static final String DURATION = "treadle_binding_duration_seconds";

    private BindingMetrics() {}

    /** Nothing when nobody binds anything. */
    static String text(List<Metered> all) {
        if (all.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        counter(
                text,
                "treadle_binding_errors_total",
                "Calls of a binding that its provider failed",
                all,
                BindingMeter::errors);
        counter(
                text,
                "treadle_binding_refused_total",
                "Calls of a binding that found no place",
                all,
                BindingMeter::refusals);
        counter(
                text,
                "treadle_binding_cached_total",
                "Reads of a binding that a copy in the node answered",
                all,
                BindingMeter::cacheHits);
        text.append("# HELP %s How long calls of a binding took\n".formatted(DURATION));
        text.append("# TYPE %s histogram\n".formatted(DURATION));
        all.forEach(each -> histogram(text, labels(each.name()), each.meter()));
        return text.toString();
    }

    private static void counter(
            StringBuilder text,
            String name,
            String help,
            List<Metered> all,
            ToLongFunction<BindingMeter> value) {
        text.append("# HELP %s %s\n# TYPE %s counter\n".formatted(name, help, name));
        for (Metered each : all) {
            text.append(
                    "%s{%s} %d\n"
                            .formatted(name, labels(each.name()), value.applyAsLong(each.meter())));
        }
    }

    private static void histogram(StringBuilder text, String labels, BindingMeter meter) {
        for (int i = 0; i < BindingMeter.bucketCount(); i++) {
            text.append(
                    "%s_bucket{%s,le=\"%s\"} %d\n"
                            .formatted(
                                    DURATION,
                                    labels,
                                    BindingMeter.bucketEndSeconds(i),
                                    meter.within(i)));
        }
        long calls = meter.calls();
        text.append("%s_bucket{%s,le=\"+Inf\"} %d\n".formatted(DURATION, labels, calls));
        text.append(
                String.format(Locale.ROOT, "%s_sum{%s} %.6f\n", DURATION, labels, meter.seconds()));
        text.append("%s_count{%s} %d\n".formatted(DURATION, labels, calls));
    }

    private static String labels(MeterName name) {
        return "faas_name=\"%s\",binding=\"%s\",kind=\"%s\",provider=\"%s\""
                .formatted(name.function(), name.binding(), name.kind(), name.provider());
    }
}
