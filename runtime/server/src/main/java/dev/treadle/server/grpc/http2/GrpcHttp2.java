package dev.treadle.server.grpc.http2;

import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.helidon.common.buffers.BufferData;
import io.helidon.config.Config;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.grpc.GrpcRouting;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/**
 * Takes a listener's connections for gRPC. Helidon's own HTTP/2, as of 4.5.0, ends connections that
 * it should not; Helidon's gRPC itself runs on this as it does on that. Safe for threads.
 */
public final class GrpcHttp2 implements ServerConnectionSelector {
    private final List<ServerServiceDefinition> services;
    private final MessageLimit limit;
    private final Requests requests;

    /**
     * @param rules who may call
     * @param timers for deadlines; it is kept busy for moments only
     */
    public GrpcHttp2(
            List<ServerServiceDefinition> services,
            ServerInterceptor rules,
            MessageLimit limit,
            ScheduledExecutorService timers) {
        CallGuard guard = new CallGuard(new Services(services), timers);
        this.services = services.stream().map(each -> guarded(each, rules, limit, guard)).toList();
        this.limit = limit;
        this.requests = new Requests(paths(services), limit);
    }

    private static ServerServiceDefinition guarded(
            ServerServiceDefinition service,
            ServerInterceptor rules,
            MessageLimit limit,
            CallGuard guard) {
        return ServerInterceptors.intercept(
                ServerInterceptors.useMarshalledMessages(
                        ServerInterceptors.intercept(service, rules), new RawMessages(limit)),
                guard);
    }

    private static Set<String> paths(List<ServerServiceDefinition> services) {
        return services.stream()
                .flatMap(service -> service.getMethods().stream())
                .map(method -> "/" + method.getMethodDescriptor().getFullMethodName())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The routes to the services, for the listener. */
    public GrpcRouting.Builder routing() {
        GrpcRouting.Builder routing = GrpcRouting.builder().config(Config.empty());
        services.forEach(routing::service);
        return routing;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    /** Whatever it is: what is not HTTP/2 is told so, and goes. */
    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of("h2");
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new Connection(context, requests, limit);
    }
}
