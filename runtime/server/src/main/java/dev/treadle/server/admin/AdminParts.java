package dev.treadle.server.admin;

import dev.treadle.engine.Engine;
import dev.treadle.registry.Registry;
import dev.treadle.server.Deployments;
import dev.treadle.server.NodeConfig;
import dev.treadle.server.NodeDeploys;
import dev.treadle.server.NodeEngine;
import dev.treadle.server.NodeNats;
import dev.treadle.server.NodeStores;
import dev.treadle.server.NodeTriggers;
import dev.treadle.server.events.FunctionEvents;
import dev.treadle.trigger.http.DirectCalls;
import dev.treadle.trigger.http.StoredInput;
import dev.treadle.trigger.nats.DeadLetterStore;
import dev.treadle.trigger.nats.Redrive;
import dev.treadle.trigger.nats.Replay;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Puts the admin API together. */
public final class AdminParts {
    private AdminParts() {}

    /** The admin listener with all its parts; not started. */
    public static AdminServer server(
            NodeConfig config,
            NodeInfo node,
            NodeStores stores,
            NodeNats nats,
            NodeEngine running,
            NodeTriggers triggers,
            NodeDeploys deploys,
            InstantSource clock) {
        Registry registry = stores.registry();
        Engine engine = running.engine();
        FunctionEvents events = triggers.events();
        Deployments deployments = deploys.functions();
        DeadLetterStore deadLetters = nats.ledger().deadLetters();
        BooleanSupplier stopping = () -> node.state() == NodeInfo.State.DRAINING;
        FunctionViews views =
                new FunctionViews(
                        engine,
                        stores.secrets(),
                        deployments,
                        events,
                        node,
                        triggers.dependencies(),
                        running.bindings());
        DirectCalls calls =
                new DirectCalls(
                        engine,
                        triggers.async().calls(),
                        node::httpUrl,
                        config.http().maxPayloadBytes(),
                        clock);
        return new AdminServer(
                config.adminHost(),
                config.adminPort(),
                stores.token(),
                List.of(
                        new NodePart(node, registry, engine),
                        new BindingsPart(running.bindings()),
                        new MetricsPart(
                                engine,
                                events,
                                triggers.dependencies(),
                                running.bindings(),
                                triggers.webhooks()),
                        new ArtifactsPart(stores.artifacts()),
                        new FunctionsPart(registry, stores.artifacts(), deployments, views),
                        new ModelsPart(
                                deploys.models(),
                                new ModelViews(deploys.models(), running.inference())),
                        new TriggersPart(
                                deployments, stores.pauses(), triggers.pauses(), events, clock),
                        new EventsPart(nats.publisher()),
                        new DeadLettersPart(
                                deployments,
                                deadLetters,
                                new Redrive(deadLetters, engine, StoredInput::new, clock),
                                engine),
                        new ReplayPart(
                                deployments,
                                new ReplayPlans(engine),
                                new Replay(nats.session(), engine, engine, new SecureRandom()),
                                engine.logs(),
                                stopping,
                                clock),
                        new InvokePart(deployments, calls),
                        new LogsPart(deployments, engine.logs(), engine.records(), stopping),
                        new SecretsPart(stores.secrets()),
                        new TestEventsPart(stores.testEvents())));
    }
}
