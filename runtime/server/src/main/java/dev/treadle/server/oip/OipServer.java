package dev.treadle.server.oip;

import dev.treadle.inference.Inference;
import dev.treadle.registry.ModelRegistry;
import dev.treadle.server.Addresses;
import dev.treadle.server.grpc.GrpcListener;
import dev.treadle.trigger.http.TlsFiles;
import dev.treadle.trigger.http.UndecodedBodies;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Serves the node's models over the Open Inference Protocol, version 2, on listeners of its own for
 * HTTP and gRPC: the functions' listener belongs to functions alone.
 */
public final class OipServer implements AutoCloseable {
    private final OipConfig config;
    private final OipGrpc grpc;
    private final Optional<GrpcListener> grpcListener;
    private final WebServer server;

    /**
     * @param nodeVersion for the server's metadata
     * @param isReady whether the node takes requests
     */
    public OipServer(
            OipConfig config,
            ModelRegistry registry,
            Inference inference,
            String nodeVersion,
            BooleanSupplier isReady) {
        this.config = config;
        OipModels models = new OipModels(registry, inference);
        ServerFacts facts = new ServerFacts(nodeVersion, isReady);
        this.grpc = new OipGrpc(config, models, facts);
        this.grpcListener = grpc.listener();
        WebServerConfig.Builder http =
                WebServer.builder()
                        .host(config.host())
                        .port(config.port())
                        .shutdownHook(false)
                        .featuresDiscoverServices(false)
                        .maxPayloadSize(config.payloadBytesMax())
                        .connectionOptions(options -> options.tcpNoDelay(true))
                        .contentEncoding(new UndecodedBodies())
                        .maxTcpConnections(10_000)
                        .maxConcurrentRequests(10_000)
                        .idleConnectionTimeout(Duration.ofMinutes(5))
                        .shutdownGracePeriod(Duration.ofSeconds(2))
                        .protocolsDiscoverServices(false)
                        .addProtocol(Http1Config.create())
                        .addProtocol(Http2Config.create())
                        .addRouting(new OipHttp(config, models, facts).routing());
        config.tls().ifPresent(tls -> http.tls(TlsFiles.read(tls)));
        this.server = http.build();
    }

    /** Begins to listen. */
    public void start() {
        server.start();
        if (!server.isRunning()) {
            throw new IllegalStateException(
                    "the inference listener cannot listen on %s:%d; another process may have the port. Choose another with oip.port"
                            .formatted(config.host(), config.port()));
        }
        grpcListener.ifPresent(GrpcListener::start);
    }

    /** Where it is reached over HTTP. */
    public String url() {
        String scheme = config.tls().isPresent() ? "https://" : "http://";
        return scheme + Addresses.reachable(config.host(), server.port());
    }

    /** Where it is reached over gRPC, {@code host:port}; empty when it is not. */
    public Optional<String> grpcAddress() {
        return grpcListener.map(GrpcListener::address);
    }

    /** Says that this node will soon be gone. */
    public void leave() {
        grpcListener.ifPresent(GrpcListener::leave);
    }

    @Override
    public void close() {
        grpcListener.ifPresent(GrpcListener::close);
        server.stop();
        grpc.close();
    }
}
