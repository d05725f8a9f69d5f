package dev.treadle.server;

import dev.treadle.bindings.NodeBindings;
import dev.treadle.bindings.model.OnnxModels;
import dev.treadle.bindings.nats.NatsAccess;
import dev.treadle.engine.CarrierWatch;
import dev.treadle.engine.Engine;
import dev.treadle.engine.EngineConfig;
import dev.treadle.engine.PrintCapture;
import dev.treadle.inference.Inference;
import dev.treadle.inference.ModelInspector;
import dev.treadle.registry.Registry;
import dev.treadle.registry.files.FileStore;
import dev.treadle.server.admin.AdminParts;
import dev.treadle.server.admin.AdminServer;
import dev.treadle.server.admin.NodeInfo;
import dev.treadle.server.bindings.EngineBindings;
import dev.treadle.server.dependencies.Dependencies;
import dev.treadle.server.events.DeployedAsync;
import dev.treadle.server.events.FunctionEvents;
import dev.treadle.server.events.JdkWebhookSender;
import dev.treadle.server.events.SharedRandom;
import dev.treadle.server.grpc.GrpcListener;
import dev.treadle.server.oip.OipServer;
import dev.treadle.server.pauses.SharedPauses;
import dev.treadle.server.pauses.TriggerPauses;
import dev.treadle.server.schedules.FunctionSchedules;
import dev.treadle.server.schedules.TickStores;
import dev.treadle.server.schedules.ToldTicks;
import dev.treadle.trigger.http.DirectCalls;
import dev.treadle.trigger.http.HttpTrigger;
import dev.treadle.trigger.nats.AsyncTrigger;
import dev.treadle.trigger.nats.FunctionService;
import dev.treadle.trigger.nats.Ledger;
import dev.treadle.trigger.nats.NatsPublisher;
import dev.treadle.trigger.nats.NatsSession;
import dev.treadle.trigger.nats.Outlets;
import dev.treadle.trigger.nats.Replay;
import dev.treadle.trigger.nats.Webhooks;
import dev.treadle.trigger.nats.server.NatsLink;
import dev.treadle.trigger.nats.server.NatsSettings;
import dev.treadle.trigger.nats.server.NatsState;
import dev.treadle.trigger.schedule.ScheduleTrigger;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One running node: makes the parts in order, wires them by hand, starts them, and stops them in
 * reverse. Started once, stopped once.
 */
public final class Node implements NodeInfo, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Node.class.getName());

    private final String id = UUID.randomUUID().toString();
    private final Instant started = Instant.now();
    private final NodeConfig config;
    private final Engine engine;
    private final HttpTrigger http;
    private final ScheduleTrigger schedules;
    private final AdminServer admin;
    private final Optional<OipServer> oip;
    private final Optional<GrpcListener> grpc;
    private final AdminToken token;
    private final Samples samples;
    private final NatsLink nats;
    private final FunctionEvents events;
    private final AsyncTrigger async;
    private final Webhooks webhooks;
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private volatile State state = State.STARTING;

    /**
     * Makes a node; nothing listens yet.
     *
     * @param natsNotices takes lines for people about NATS, at any time
     * @throws IOException when the data folder cannot be used
     */
    public Node(NodeConfig config, Consumer<String> natsNotices) throws IOException {
        this.config = config;
        OwnerFiles.createFolder(config.data());
        InstantSource clock = InstantSource.system();
        FileStore store = FileStore.open(config.data().resolve("registry"), clock);
        toClose.push(store);
        this.nats = new NatsLink(config.nats(), config.data().resolve("nats"), natsNotices, clock);
        toClose.push(nats);
        Registry registry = store.registry();
        SecretFiles secrets = new SecretFiles(config.data().resolve("secrets"), System.getenv());
        this.token = AdminToken.at(config.data().resolve(NodeFiles.TOKEN));
        NatsSession session = new NatsSession(nats::connection, () -> nats.state().detail());
        NatsPublisher publisher = new NatsPublisher(session);
        Inference inference = new Inference(config.models(), store.models(), store.artifacts());
        toClose.push(inference);
        NodeBindings bindings =
                new NodeBindings(
                        config.bindings(),
                        config.data(),
                        new NatsAccess(nats::connection, () -> nats.state().detail()),
                        new OnnxModels(inference),
                        new SharedRandom(),
                        clock);
        toClose.push(bindings);
        this.engine =
                new Engine(
                        engineConfig(config),
                        store.artifacts(),
                        secrets,
                        publisher,
                        new EngineBindings(bindings),
                        clock);
        toClose.push(engine);
        Ledger ledger = new Ledger(session);
        JdkWebhookSender sender = new JdkWebhookSender();
        toClose.push(sender);
        this.webhooks =
                DeployedAsync.webhooks(
                        session, ledger, sender, config.webhookHosts(), secrets, clock);
        toClose.push(webhooks);
        this.async =
                DeployedAsync.trigger(
                        registry, engine, session, ledger, new Outlets(webhooks, publisher), clock);
        toClose.push(async);
        this.http = new HttpTrigger(config.http(), engine, async.calls(), clock);
        toClose.push(http);
        RouteOwners owners = new RouteOwners();
        toClose.push(new Activation(registry, engine, http, owners).start());
        TriggerPauses pauses = new TriggerPauses(config.data().resolve("paused"), clock);
        SharedPauses sharedPauses = new SharedPauses(session, pauses);
        toClose.push(sharedPauses);
        this.schedules =
                new ScheduleTrigger(
                        new ToldTicks(registry, engine, async.courier()),
                        TickStores.of(config.data(), config.nats().source(), session, id),
                        clock);
        toClose.push(schedules);
        toClose.push(registry.watch(function -> async.changed(function.value())));
        toClose.push(
                registry.watch(
                        function -> {
                            if (registry.catalog().function(function).isEmpty()) {
                                bindings.forget(function.value());
                            }
                        }));
        toClose.push(new FunctionSchedules(registry, schedules, pauses).start());
        Optional<FunctionService> functions =
                config.natsFunctions() && !(config.nats().source() instanceof NatsSettings.Off)
                        ? Optional.of(new FunctionService(session, engine, clock))
                        : Optional.empty();
        Dependencies dependencies =
                new Dependencies(
                        name -> FunctionState.obstacle(registry, engine, name),
                        clock,
                        new SharedRandom());
        toClose.push(dependencies);
        this.events =
                new FunctionEvents(
                        registry,
                        engine,
                        async,
                        gated(session, sharedPauses),
                        ledger,
                        functions,
                        pauses,
                        dependencies,
                        clock);
        toClose.push(events);
        toClose.push(events.start());
        if (!(config.nats().source() instanceof NatsSettings.Off)) {
            sharedPauses.start();
        }
        Deployments deployments =
                new Deployments(
                        registry,
                        new KnownModels(store.models(), config.bindings().models()),
                        store.artifacts(),
                        engine,
                        owners,
                        new ServedTriggers(),
                        new TableDeploys(registry, bindings));
        Models models =
                new Models(
                        store.models(),
                        store.artifacts(),
                        new ModelInspector(config.models()),
                        registry);
        this.oip =
                config.oip()
                        .map(
                                each ->
                                        new OipServer(
                                                each,
                                                store.models(),
                                                inference,
                                                Version.text(),
                                                () -> state == State.READY));
        this.grpc = config.grpc().map(each -> each.listener(engine, clock));
        this.samples = new Samples(store.artifacts(), deployments, models);
        this.admin =
                AdminParts.server(
                        config.adminHost(),
                        config.adminPort(),
                        token,
                        this,
                        registry,
                        store.artifacts(),
                        engine,
                        deployments,
                        models,
                        inference,
                        new DirectCalls(
                                engine,
                                async.calls(),
                                this::httpUrl,
                                config.http().maxPayloadBytes(),
                                clock),
                        secrets,
                        new TestEvents(config.data().resolve("test-events")),
                        pauses,
                        sharedPauses,
                        dependencies,
                        bindings,
                        events,
                        webhooks,
                        publisher,
                        ledger.deadLetters(),
                        new Replay(session, engine, engine, new SecureRandom()),
                        clock);
    }

    /**
     * Starts to serve.
     *
     * @param sampleFolder sample functions to deploy first
     * @throws IOException when the samples cannot be read, or the node's files not be written
     */
    public void start(Optional<Path> sampleFolder) throws IOException {
        toClose.push(new PrintCapture());
        toClose.push(new CarrierWatch());
        http.start();
        admin.start();
        toClose.push(admin);
        if (oip.isPresent()) {
            oip.get().start();
            toClose.push(oip.get());
        }
        if (grpc.isPresent()) {
            grpc.get().start();
            toClose.push(grpc.get());
        }
        if (sampleFolder.isPresent()) {
            samples.deploy(sampleFolder.get());
        }
        schedules.start();
        webhooks.start();
        async.start();
        NodeFiles.write(config.data(), this, token);
        state = State.READY;
    }

    /** Begins to join NATS; to be called once, after the start. Returns at once. */
    public void joinNats() {
        nats.start();
    }

    /** Refuses new calls, waits for those that run, and stops. */
    @Override
    public void close() {
        if (state == State.DRAINING) {
            return;
        }
        state = State.DRAINING;
        grpc.ifPresent(GrpcListener::leave);
        oip.ifPresent(OipServer::leave);
        long deadline = System.nanoTime() + config.drainTimeout().toNanos();
        schedules.drain(Duration.ZERO); // ticks no more; the engine's drain waits for what runs
        boolean idle =
                Drains.all(
                        config.drainTimeout(),
                        List.of(http::drain, async::drain, events::drain, webhooks::drain));
        Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        if (!engine.drain(rest) || !idle) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} calls still ran after {1} s and were cut off",
                    engine.functions().inFlight(),
                    config.drainTimeout().toSeconds());
        }
        NodeFiles.remove(config.data(), this);
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.ERROR, "stopping: a part did not close", e);
            }
        }
    }

    /** The connection as triggers see it: there once the node knows which of them are paused. */
    private static NatsSession gated(NatsSession session, SharedPauses pauses) {
        return new NatsSession(
                () -> session.connected().filter(pauses::isKnown),
                () ->
                        session.connected().isPresent()
                                ? "reading which triggers are paused"
                                : session.detail().get());
    }

    private static EngineConfig engineConfig(NodeConfig config) {
        return new EngineConfig(
                config.data().resolve("unpacked"),
                Adapters.classPath(),
                config.startTimeout(),
                config.logLinesMax(),
                config.logBytesMax(),
                config.recordsMax());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String version() {
        return Version.text();
    }

    @Override
    public Instant started() {
        return started;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public String httpUrl() {
        String scheme = config.http().tls().isPresent() ? "https://" : "http://";
        return config.publicUrl()
                .orElseGet(() -> scheme + Addresses.reachable(config.http().host(), http.port()));
    }

    /** Where models are served to inference clients; empty when they are not. */
    public Optional<String> oipUrl() {
        return oip.map(OipServer::url);
    }

    /** Where models are served over gRPC, {@code host:port}; empty when they are not. */
    public Optional<String> oipGrpcAddress() {
        return oip.flatMap(OipServer::grpcAddress);
    }

    /** Where functions are called over gRPC, {@code host:port}; empty when they are not. */
    public Optional<String> grpcAddress() {
        return grpc.map(GrpcListener::address);
    }

    @Override
    public String adminUrl() {
        return "http://" + Addresses.reachable(config.adminHost(), admin.port());
    }

    @Override
    public Path data() {
        return config.data();
    }

    @Override
    public NatsState nats() {
        return nats.state();
    }

    @Override
    public List<String> warnings() {
        return Engine.isolatesThreadLocals()
                ? List.of()
                : List.of(
                        "thread locals of functions are not taken off threads: start Java with"
                                + " --add-opens java.base/java.lang=ALL-UNNAMED");
    }
}
