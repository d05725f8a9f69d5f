package dev.treadle.server.grpc;

import dev.treadle.server.Addresses;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A port on which services are called over gRPC, each call on virtual threads. It tells their
 * health, and what they are made of, by gRPC's own services for that.
 */
public final class GrpcListener implements AutoCloseable {
    private static final int CALLS_PER_CONNECTION_MAX = 1_000;
    private static final long GRACE_SECONDS = 2;

    private final String host;
    private final String portKey;
    private final HealthStatusManager health = new HealthStatusManager();
    private final Server server;

    /**
     * @param portKey the configuration's word for the port
     * @param port 0 for any free one
     * @param messageBytesMax the largest request
     */
    public GrpcListener(
            String host,
            String portKey,
            int port,
            int messageBytesMax,
            ServerInterceptor rules,
            List<BindableService> services) {
        this.host = host;
        this.portKey = portKey;
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
                        .executor(
                                Executors.newThreadPerTaskExecutor(
                                        Thread.ofVirtual().name("grpc-", 0).factory()))
                        .maxInboundMessageSize(messageBytesMax)
                        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION_MAX)
                        .maxConnectionIdle(5, TimeUnit.MINUTES)
                        .permitKeepAliveTime(10, TimeUnit.SECONDS)
                        .intercept(rules);
        for (BindableService service : services) {
            ServerServiceDefinition definition = service.bindService();
            builder.addService(definition);
            health.setStatus(definition.getServiceDescriptor().getName(), ServingStatus.SERVING);
        }
        builder.addService(health.getHealthService());
        builder.addService(ProtoReflectionServiceV1.newInstance());
        this.server = builder.build();
    }

    /**
     * Begins to listen.
     *
     * @throws IllegalStateException when the address cannot be had
     */
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot listen for gRPC on %s; another process may have the port. Choose another with %s"
                            .formatted(host, portKey),
                    e);
        }
    }

    /** Where it is reached: {@code host:port}. */
    public String address() {
        return Addresses.reachable(host, server.getPort());
    }

    /** Has its health say that clients shall go elsewhere; it goes on to answer. */
    public void leave() {
        health.enterTerminalState();
    }

    /** Takes no more calls in and gives those that run a moment to end. */
    @Override
    public void close() {
        try {
            if (!server.shutdown().awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
