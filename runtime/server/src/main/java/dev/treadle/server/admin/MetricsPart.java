package dev.treadle.server.admin;

import dev.treadle.bindings.NodeBindings;
import dev.treadle.engine.Engine;
import dev.treadle.engine.FunctionTable;
import dev.treadle.server.dependencies.Dependencies;
import dev.treadle.server.events.EventStatus;
import dev.treadle.server.events.FunctionEvents;
import dev.treadle.trigger.nats.Webhooks;
import io.helidon.http.HeaderNames;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.providers.micrometer.MicrometerPrometheusFormatter;
import io.helidon.webserver.http.HttpRouting;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /metrics}: the JVM's meters, the functions' and their triggers', in Prometheus text
 * format. Nothing is set up before the first scrape, so that a start does not wait for it. Names
 * follow OpenTelemetry's semantic conventions for FaaS where they have one.
 */
final class MetricsPart implements AdminServer.Part {
    private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Engine engine;
    private final FunctionEvents events;
    private final Dependencies dependencies;
    private final NodeBindings bindings;
    private final Webhooks webhooks;

    /** Made at the first scrape; guarded by this. */
    private @Nullable FunctionMetrics functions;

    MetricsPart(
            Engine engine,
            FunctionEvents events,
            Dependencies dependencies,
            NodeBindings bindings,
            Webhooks webhooks) {
        this.engine = engine;
        this.events = events;
        this.dependencies = dependencies;
        this.bindings = bindings;
        this.webhooks = webhooks;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.get(
                "/metrics",
                (_, response) -> {
                    response.header(HeaderNames.CONTENT_TYPE, MEDIA_TYPE);
                    response.send(scrape().getBytes(StandardCharsets.UTF_8));
                });
    }

    private synchronized String scrape() {
        MeterRegistry registry = Metrics.globalRegistry();
        FunctionMetrics known = functions;
        if (known == null) {
            known = new FunctionMetrics(engine, registry);
            registry.getOrCreate(
                    Gauge.builder(
                                    "treadle.invocations.active",
                                    engine.functions(),
                                    FunctionTable::inFlight)
                            .description("Calls that run on this node"));
            registry.getOrCreate(
                    Gauge.builder(
                                    "treadle.releases.loaded",
                                    engine.functions(),
                                    FunctionTable::loadedCount)
                            .description("Releases in memory"));
            functions = known;
        }
        known.refresh();
        String meters =
                MicrometerPrometheusFormatter.builder(registry)
                        .build()
                        .format()
                        .map(Object::toString)
                        .orElse("");
        List<EventStatus> triggers = events.statuses();
        return meters
                + known.durations()
                + EventMetrics.text(triggers)
                + events.deadLetters()
                        .map(counts -> DeadLetterMetrics.text(triggers, counts))
                        .orElse("")
                + DependencyMetrics.text(dependencies.statuses())
                + BindingMetrics.text(bindings.metered())
                + WebhookMetrics.text(webhooks.givenUp());
    }
}
