package dev.treadle.server.grpc;

import dev.treadle.server.Addresses;
import dev.treadle.server.grpc.http2.GrpcHttp2;
import dev.treadle.server.grpc.http2.MessageLimit;
import dev.treadle.trigger.http.HttpTriggerConfig;
import dev.treadle.trigger.http.TlsFiles;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * A port on which services are called over gRPC, each call on a virtual thread. It tells their
 * health, and what they are made of, by gRPC's own services for that.
 */
public final class GrpcListener implements AutoCloseable {
    private final ListenAddress at;
    private final HealthStatusManager health = new HealthStatusManager();
    private final ScheduledThreadPoolExecutor timers =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("grpc-deadlines").factory());
    private final WebServer server;

    /**
     * @param limit of requests
     */
    public GrpcListener(
            ListenAddress at,
            MessageLimit limit,
            ServerInterceptor rules,
            List<BindableService> services) {
        this.at = at;
        timers.setRemoveOnCancelPolicy(true);
        GrpcHttp2 http2 = new GrpcHttp2(withFacts(services), rules, limit, timers);
        WebServerConfig.Builder builder =
                WebServer.builder()
                        .host(at.host())
                        .port(at.port())
                        .shutdownHook(false)
                        .featuresDiscoverServices(false)
                        .protocolsDiscoverServices(false)
                        .connectionOptions(options -> options.tcpNoDelay(true)) // answers are short
                        .maxTcpConnections(10_000)
                        .idleConnectionTimeout(Duration.ofMinutes(5))
                        .shutdownGracePeriod(Duration.ofSeconds(2))
                        .addConnectionSelector(http2)
                        .addRouting(http2.routing());
        at.tls().ifPresent(tls -> secure(builder, tls));
        this.server = builder.build();
    }

    /** The JDK's socket may be read and written at once from the first byte on, Helidon's not. */
    private static void secure(WebServerConfig.Builder builder, HttpTriggerConfig.Tls tls) {
        builder.tls(TlsFiles.read(tls)).useNio(false);
    }

    /** The services, and those that tell of them. */
    private List<ServerServiceDefinition> withFacts(List<BindableService> services) {
        List<ServerServiceDefinition> all = new ArrayList<>();
        for (BindableService service : services) {
            ServerServiceDefinition definition = service.bindService();
            all.add(definition);
            health.setStatus(definition.getServiceDescriptor().getName(), ServingStatus.SERVING);
        }
        all.add(health.getHealthService().bindService());
        all.add(ProtoReflectionServiceV1.newInstance().bindService());
        all.add(firstReflection());
        return all;
    }

    /** Reflection under its first name, which many tools ask for still and some know alone. */
    @SuppressWarnings("deprecation")
    private static ServerServiceDefinition firstReflection() {
        return ProtoReflectionService.newInstance().bindService();
    }

    /**
     * Begins to listen.
     *
     * @throws IllegalStateException when the address cannot be had
     */
    public void start() {
        server.start();
        if (!server.isRunning()) {
            throw new IllegalStateException(
                    "cannot listen for gRPC on %s; another process may have the port. Choose another with %s"
                            .formatted(at.host(), at.portKey()));
        }
    }

    /** Where it is reached: {@code host:port}. */
    public String address() {
        return Addresses.reachable(at.host(), server.port());
    }

    /** Has its health say that clients shall go elsewhere; it goes on to answer. */
    public void leave() {
        health.enterTerminalState();
    }

    /** Takes no more calls in and gives those that run a moment to end. */
    @Override
    public void close() {
        server.stop();
        timers.shutdownNow();
    }
}
