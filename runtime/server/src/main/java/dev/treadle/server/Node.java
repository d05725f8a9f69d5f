package dev.treadle.server;

import dev.treadle.engine.CarrierWatch;
import dev.treadle.engine.Engine;
import dev.treadle.engine.PrintCapture;
import dev.treadle.server.admin.AdminParts;
import dev.treadle.server.admin.AdminServer;
import dev.treadle.server.admin.NodeInfo;
import dev.treadle.server.grpc.GrpcListener;
import dev.treadle.server.oip.OipServer;
import dev.treadle.trigger.nats.server.NatsState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One running node: makes its parts, each of those before it, starts them, and closes them in
 * reverse. Started once, stopped once.
 */
public final class Node implements NodeInfo, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Node.class.getName());

    private final String id = UUID.randomUUID().toString();
    private final Instant started = Instant.now();
    private final Closing closing = new Closing();
    private final NodeConfig config;
    private final NodeStores stores;
    private final NodeNats nats;
    private final NodeEngine running;
    private final NodeTriggers triggers;
    private final NodeDeploys deploys;
    private final NodeListeners listeners;
    private volatile State state = State.STARTING;

    /**
     * Makes a node; nothing listens yet.
     *
     * @param natsNotices takes lines for people about NATS, at any time
     * @throws IOException when the data folder cannot be used
     */
    public Node(NodeConfig config, Consumer<String> natsNotices) throws IOException {
        InstantSource clock = InstantSource.system();
        this.config = config;
        this.stores = NodeStores.open(config.data(), closing, clock);
        this.nats = NodeNats.of(config, natsNotices, closing, clock);
        this.running = NodeEngine.of(config, stores, nats, closing, clock);
        this.triggers = NodeTriggers.of(config, id, stores, nats, running, closing, clock);
        this.deploys = NodeDeploys.of(config, stores, running, triggers);
        AdminServer admin =
                AdminParts.server(config, this, stores, nats, running, triggers, deploys, clock);
        this.listeners =
                NodeListeners.of(config, this, stores, running, triggers.http(), admin, clock);
    }

    /**
     * Starts to serve.
     *
     * @param sampleFolder sample functions to deploy first
     * @throws IOException when the samples cannot be read, or the node's files not be written
     */
    public void start(Optional<Path> sampleFolder) throws IOException {
        closing.also(new PrintCapture());
        closing.also(new CarrierWatch());
        listeners.start(closing);
        if (sampleFolder.isPresent()) {
            new Samples(stores.artifacts(), deploys.functions(), deploys.models())
                    .deploy(sampleFolder.get());
        }
        triggers.start();
        NodeFiles.write(config.data(), this, stores.token());
        state = State.READY;
    }

    /** Begins to join NATS; to be called once, after the start. Returns at once. */
    public void joinNats() {
        nats.link().start();
    }

    /** Refuses new calls, waits for those that run, and stops. */
    @Override
    public void close() {
        if (state == State.DRAINING) {
            return;
        }
        state = State.DRAINING;
        listeners.leave();
        long deadline = System.nanoTime() + config.drainTimeout().toNanos();
        boolean idle = triggers.drain(config.drainTimeout());
        Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        if (!running.engine().drain(rest) || !idle) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} calls still ran after {1} s and were cut off",
                    running.engine().functions().inFlight(),
                    config.drainTimeout().toSeconds());
        }
        NodeFiles.remove(config.data(), this);
        closing.close();
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
                .orElseGet(
                        () ->
                                scheme
                                        + Addresses.reachable(
                                                config.http().host(), listeners.http().port()));
    }

    /** Where models are served to inference clients; empty when they are not. */
    public Optional<String> oipUrl() {
        return listeners.oip().map(OipServer::url);
    }

    /** Where models are served over gRPC, {@code host:port}; empty when they are not. */
    public Optional<String> oipGrpcAddress() {
        return listeners.oip().flatMap(OipServer::grpcAddress);
    }

    /** Where functions are called over gRPC, {@code host:port}; empty when they are not. */
    public Optional<String> grpcAddress() {
        return listeners.grpc().map(GrpcListener::address);
    }

    @Override
    public String adminUrl() {
        return "http://" + Addresses.reachable(config.adminHost(), listeners.admin().port());
    }

    @Override
    public Path data() {
        return config.data();
    }

    @Override
    public NatsState nats() {
        return nats.link().state();
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
