package dev.treadle.server.admin;

import dev.treadle.bindings.NodeBindings;
import dev.treadle.engine.Engine;
import dev.treadle.inference.Inference;
import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.Registry;
import dev.treadle.server.AdminToken;
import dev.treadle.server.Deployments;
import dev.treadle.server.Models;
import dev.treadle.server.SecretFiles;
import dev.treadle.server.TestEvents;
import dev.treadle.server.dependencies.Dependencies;
import dev.treadle.server.events.FunctionEvents;
import dev.treadle.server.pauses.SharedPauses;
import dev.treadle.server.pauses.TriggerPauses;
import dev.treadle.trigger.http.DirectCalls;
import dev.treadle.trigger.http.StoredInput;
import dev.treadle.trigger.nats.DeadLetterStore;
import dev.treadle.trigger.nats.NatsPublisher;
import dev.treadle.trigger.nats.Redrive;
import dev.treadle.trigger.nats.Replay;
import dev.treadle.trigger.nats.Webhooks;
import java.time.InstantSource;
import java.util.List;

/** Puts the admin API together. */
public final class AdminParts {
    private AdminParts() {}

    /** The admin listener with all its parts; not started. */
    public static AdminServer server(
            String host,
            int port,
            AdminToken token,
            NodeInfo node,
            Registry registry,
            ArtifactStore artifacts,
            Engine engine,
            Deployments deployments,
            Models models,
            Inference inference,
            DirectCalls calls,
            SecretFiles secrets,
            TestEvents testEvents,
            TriggerPauses pauses,
            SharedPauses sharedPauses,
            Dependencies dependencies,
            NodeBindings bindings,
            FunctionEvents events,
            Webhooks webhooks,
            NatsPublisher publisher,
            DeadLetterStore deadLetters,
            Replay replay,
            InstantSource clock) {
        FunctionViews views =
                new FunctionViews(
                        engine, secrets, deployments, events, node, dependencies, bindings);
        return new AdminServer(
                host,
                port,
                token,
                List.of(
                        new NodePart(node, registry, engine),
                        new BindingsPart(bindings),
                        new MetricsPart(engine, events, dependencies, bindings, webhooks),
                        new ArtifactsPart(artifacts),
                        new FunctionsPart(registry, artifacts, deployments, views),
                        new ModelsPart(models, new ModelViews(models, inference)),
                        new TriggersPart(deployments, pauses, sharedPauses, events, clock),
                        new EventsPart(publisher),
                        new DeadLettersPart(
                                deployments,
                                deadLetters,
                                new Redrive(deadLetters, engine, StoredInput::new, clock),
                                engine),
                        new ReplayPart(
                                deployments,
                                new ReplayPlans(engine),
                                replay,
                                engine.logs(),
                                () -> node.state() == NodeInfo.State.DRAINING,
                                clock),
                        new InvokePart(deployments, calls),
                        new LogsPart(
                                deployments,
                                engine.logs(),
                                engine.records(),
                                () -> node.state() == NodeInfo.State.DRAINING),
                        new SecretsPart(secrets),
                        new TestEventsPart(testEvents)));
    }
}
