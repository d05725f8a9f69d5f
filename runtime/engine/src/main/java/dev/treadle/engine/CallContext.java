package dev.treadle.engine;

import dev.treadle.Blobs;
import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.FunctionContext;
import dev.treadle.Invocation;
import dev.treadle.Json;
import dev.treadle.Kv;
import dev.treadle.Log;
import dev.treadle.Model;
import dev.treadle.Permanent;
import dev.treadle.Reply;
import dev.treadle.Search;
import dev.treadle.Table;
import dev.treadle.Vectors;
import dev.treadle.trigger.Effects;
import dev.treadle.trigger.Lineage;
import dev.treadle.trigger.Publisher;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the platform offers to one call. */
final class CallContext implements Context {
    private static final Duration PUBLISH_PATIENCE = Duration.ofSeconds(5);

    private final FunctionContext release;
    private final Running call;
    private final Offers offers;

    CallContext(FunctionContext release, Running call, Offers offers) {
        this.release = release;
        this.call = call;
        this.offers = offers;
    }

    @Override
    public Invocation invocation() {
        return call;
    }

    @Override
    public Event.Builder event(String type) {
        return Event.builder(type, json())
                .id(call.request.lineage().origin() + "-" + call.nextEvent())
                .source("/" + function())
                .time(Instant.ofEpochMilli(call.arrivedMillis));
    }

    @Override
    public void publish(String subject, Event event) {
        String messageId =
                function() + ':' + call.request.lineage().origin() + ':' + call.nextPublish();
        Duration remaining = call.remaining();
        publisher()
                .publish(
                        subject,
                        event,
                        messageId,
                        nextHop(subject),
                        remaining.compareTo(PUBLISH_PATIENCE) < 0 ? remaining : PUBLISH_PATIENCE);
    }

    private Publisher publisher() {
        return switch (call.request.effects()) {
            case Effects.Real _ -> offers.publisher();
            case Effects.Captured captured -> captured.publishes();
        };
    }

    private int nextHop(String subject) {
        int hops = call.request.lineage().hops() + 1;
        if (hops > Lineage.HOPS_MAX) {
            throw new Permanent(
                    "%s would publish to '%s' as the end of a chain of %d events; %d are allowed: functions seem to cause each other's events in a circle"
                            .formatted(function(), subject, hops, Lineage.HOPS_MAX));
        }
        return hops;
    }

    @Override
    public Reply call(String function, Object payload) {
        return offers.calls().call(call, json(), function, payload);
    }

    @Override
    public Kv kv(String binding) {
        return bindings().kv(binding, call, call.request.effects());
    }

    @Override
    public Table table(String binding) {
        return bindings().table(binding, call, call.request.effects());
    }

    @Override
    public Model model(String binding) {
        return bindings().model(binding, call);
    }

    @Override
    public Blobs blobs(String binding) {
        return bindings().blobs(binding, this, call.request.effects());
    }

    @Override
    public Search search(String binding) {
        return bindings().search(binding, call, call.request.effects());
    }

    @Override
    public Vectors vectors(String binding) {
        return bindings().vectors(binding, call, call.request.effects());
    }

    private Bindings.Opened bindings() {
        if (call.hasEnded()) {
            throw new IllegalStateException(
                    "the invocation %s has ended; its bindings can no longer be used"
                            .formatted(call.id()));
        }
        return call.instance.bindings();
    }

    @Override
    public String function() {
        return release.function();
    }

    @Override
    public int release() {
        return release.release();
    }

    @Override
    public Optional<String> config(String key) {
        return release.config(key);
    }

    @Override
    public Optional<String> secret(String key) {
        return release.secret(key);
    }

    @Override
    public Log log() {
        return release.log();
    }

    @Override
    public Json json() {
        return release.json();
    }
}
