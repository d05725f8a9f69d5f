package dev.treadle.server.admin;

import dev.treadle.engine.Engine;
import dev.treadle.engine.FunctionMeters;
import dev.treadle.engine.FunctionTable;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Tag;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The functions' meters, read when scraped: a call only counts. Releases that have never been
 * called are left out. For one thread at a time.
 */
final class FunctionMetrics {
    private static final double NANOS = 1e9;
    private static final String DURATION = "faas_invoke_duration_seconds";
    private static final List<Duration> BOUNDS =
            List.of(
                    Duration.ofNanos(100_000),
                    Duration.ofMillis(1),
                    Duration.ofMillis(5),
                    Duration.ofMillis(10),
                    Duration.ofMillis(25),
                    Duration.ofMillis(50),
                    Duration.ofMillis(100),
                    Duration.ofMillis(250),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(2_500),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10));

    private final Engine engine;
    private final MeterRegistry registry;
    private final Map<FunctionTable.MeteredRelease, List<Meter>> registered = new HashMap<>();

    FunctionMetrics(Engine engine, MeterRegistry registry) {
        this.engine = engine;
        this.registry = registry;
    }

    /** Registers what is new and removes what is gone. */
    void refresh() {
        List<FunctionTable.MeteredRelease> now = engine.functions().metered();
        registered
                .entrySet()
                .removeIf(
                        known -> {
                            boolean gone = !now.contains(known.getKey());
                            if (gone) {
                                known.getValue().forEach(registry::remove);
                            }
                            return gone;
                        });
        for (FunctionTable.MeteredRelease release : now) {
            registered.computeIfAbsent(release, this::register);
        }
    }

    private List<Meter> register(FunctionTable.MeteredRelease release) {
        List<Meter> meters = new ArrayList<>();
        meters.add(
                counter(
                        release,
                        "faas.invocations",
                        "Calls that ran",
                        FunctionMeters::invocations));
        meters.add(counter(release, "faas.errors", "Calls that failed", FunctionMeters::failed));
        meters.add(
                counter(
                        release,
                        "faas.timeouts",
                        "Calls stopped at their deadline",
                        FunctionMeters::expired));
        meters.add(
                counter(
                        release,
                        "faas.coldstarts",
                        "How often the release was loaded",
                        FunctionMeters::coldStarts));
        meters.add(
                counter(
                        release,
                        "treadle.refused",
                        "Calls turned away for want of capacity",
                        FunctionMeters::refused));
        return meters;
    }

    private Meter counter(
            FunctionTable.MeteredRelease release,
            String name,
            String description,
            ToLongFunction<FunctionMeters> value) {
        return registry.getOrCreate(
                FunctionalCounter.builder(name, release.meters(), value::applyAsLong)
                        .description(description)
                        .addTag(Tag.create("faas_name", release.function()))
                        .addTag(Tag.create("faas_version", "v" + release.number())));
    }

    /**
     * The histogram of run times, in Prometheus text format: the registry has no functional one.
     */
    String durations() {
        StringBuilder text = new StringBuilder();
        text.append("# HELP ").append(DURATION).append(" Time in the handler\n");
        text.append("# TYPE ").append(DURATION).append(" histogram\n");
        for (FunctionTable.MeteredRelease release : engine.functions().metered()) {
            durations(text, release);
        }
        return text.toString();
    }

    private static void durations(StringBuilder text, FunctionTable.MeteredRelease release) {
        FunctionMeters meters = release.meters();
        String labels =
                "faas_name=\"%s\",faas_version=\"v%d\""
                        .formatted(release.function(), release.number());
        long all = meters.invocations();
        for (Duration bound : BOUNDS) {
            long within = Math.min(all, meters.runsWithin(bound.toNanos()));
            line(text, "_bucket", labels + ",le=\"" + seconds(bound) + "\"", "" + within);
        }
        line(text, "_bucket", labels + ",le=\"+Inf\"", "" + all);
        line(text, "_sum", labels, String.format(Locale.ROOT, "%.6f", meters.runNanos() / NANOS));
        line(text, "_count", labels, "" + all);
    }

    private static String seconds(Duration bound) {
        return BigDecimal.valueOf(bound.toNanos(), 9).stripTrailingZeros().toPlainString();
    }

    private static void line(StringBuilder text, String suffix, String labels, String value) {
        text.append(DURATION)
                .append(suffix)
                .append('{')
                .append(labels)
                .append("} ")
                .append(value)
                .append('\n');
    }
}
