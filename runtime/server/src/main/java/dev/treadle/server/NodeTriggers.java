package dev.treadle.server;

import dev.treadle.bindings.NodeBindings;
import dev.treadle.engine.Engine;
import dev.treadle.registry.Registry;
import dev.treadle.server.dependencies.Dependencies;
import dev.treadle.server.events.DeployedAsync;
import dev.treadle.server.events.FunctionEvents;
import dev.treadle.server.events.JdkWebhookSender;
import dev.treadle.server.events.SharedRandom;
import dev.treadle.server.pauses.SharedPauses;
import dev.treadle.server.schedules.FunctionSchedules;
import dev.treadle.server.schedules.TickStores;
import dev.treadle.server.schedules.ToldTicks;
import dev.treadle.trigger.http.HttpTrigger;
import dev.treadle.trigger.nats.AsyncTrigger;
import dev.treadle.trigger.nats.FunctionService;
import dev.treadle.trigger.nats.Outlets;
import dev.treadle.trigger.nats.Webhooks;
import dev.treadle.trigger.schedule.ScheduleTrigger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What causes invocations on a node. Each follows what is deployed from the moment it is made.
 *
 * @param webhooks post how invocations ended
 * @param async runs calls that are answered later
 * @param http runs requests, at routes that functions own
 * @param owners of the routes
 * @param pauses what is paused on all nodes
 * @param schedules run ticks
 * @param dependencies what functions require
 * @param events run what comes from streams and subjects of NATS
 */
public record NodeTriggers(
        Webhooks webhooks,
        AsyncTrigger async,
        HttpTrigger http,
        RouteOwners owners,
        SharedPauses pauses,
        ScheduleTrigger schedules,
        Dependencies dependencies,
        FunctionEvents events) {

    /**
     * Makes them in this order; NATS triggers begin when NATS is there, all others when started.
     */
    static NodeTriggers of(
            NodeConfig config,
            String nodeId,
            NodeStores stores,
            NodeNats nats,
            NodeEngine running,
            Closing closing,
            InstantSource clock) {
        Registry registry = stores.registry();
        Engine engine = running.engine();

        JdkWebhookSender sender = closing.with(new JdkWebhookSender());
        Webhooks webhooks =
                closing.with(
                        DeployedAsync.webhooks(
                                nats.session(),
                                nats.ledger(),
                                sender,
                                config.webhookHosts(),
                                stores.secrets(),
                                clock));
        AsyncTrigger async =
                closing.with(
                        DeployedAsync.trigger(
                                registry,
                                engine,
                                nats.session(),
                                nats.ledger(),
                                new Outlets(webhooks, nats.publisher()),
                                clock));

        HttpTrigger http =
                closing.with(new HttpTrigger(config.http(), engine, async.calls(), clock));
        RouteOwners owners = new RouteOwners();
        closing.also(new Activation(registry, engine, http, owners).start());

        SharedPauses pauses = closing.with(new SharedPauses(nats.session(), stores.pauses()));
        ScheduleTrigger schedules =
                closing.with(
                        new ScheduleTrigger(
                                new ToldTicks(registry, engine, async.courier()),
                                TickStores.of(
                                        config.data(),
                                        config.nats().source(),
                                        nats.session(),
                                        nodeId),
                                clock));
        closing.also(registry.watch(function -> async.changed(function.value())));
        closing.also(forgetting(registry, running.bindings()));
        closing.also(new FunctionSchedules(registry, schedules, stores.pauses()).start());

        Dependencies dependencies =
                closing.with(
                        new Dependencies(
                                name -> FunctionState.obstacle(registry, engine, name),
                                clock,
                                new SharedRandom()));
        FunctionEvents events =
                closing.with(
                        new FunctionEvents(
                                registry,
                                engine,
                                async,
                                pauses.gated(),
                                nats.ledger(),
                                byName(config, nats, engine, clock),
                                stores.pauses(),
                                dependencies,
                                clock));
        closing.also(events.start());
        if (config.hasNats()) {
            pauses.start();
        }
        return new NodeTriggers(
                webhooks, async, http, owners, pauses, schedules, dependencies, events);
    }

    /** Has the bindings forget a function that is gone. */
    private static Registry.Watch forgetting(Registry registry, NodeBindings bindings) {
        return registry.watch(
                function -> {
                    if (registry.catalog().function(function).isEmpty()) {
                        bindings.forget(function.value());
                    }
                });
    }

    /** What runs requests on {@code fn.NAME}. */
    private static Optional<FunctionService> byName(
            NodeConfig config, NodeNats nats, Engine engine, InstantSource clock) {
        return config.natsFunctions() && config.hasNats()
                ? Optional.of(new FunctionService(nats.session(), engine, clock))
                : Optional.empty();
    }

    /** Has those begin that nobody asks from outside; HTTP begins as a listener. */
    void start() {
        schedules.start();
        webhooks.start();
        async.start();
    }

    /**
     * Takes nothing more in and waits for what runs.
     *
     * @return whether all had ended by then
     */
    boolean drain(Duration patience) {
        schedules.drain(Duration.ZERO); // ticks no more; the engine's drain waits for what runs
        return Drains.all(
                patience, List.of(http::drain, async::drain, events::drain, webhooks::drain));
    }
}
