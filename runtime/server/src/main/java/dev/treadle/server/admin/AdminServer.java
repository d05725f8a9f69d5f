package dev.treadle.server.admin;

import dev.treadle.registry.RegistryException;
import dev.treadle.registry.files.FileStoreException;
import dev.treadle.server.AdminToken;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.http.Problem;
import dev.treadle.trigger.nats.NatsUnavailable;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The admin listener: health, metrics and OpenAPI for anyone, {@code /v1} for those with the token.
 */
public final class AdminServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AdminServer.class.getName());
    private static final String API = "/v1";
    private static final long PAYLOAD_BYTES_MAX = 512L << 20;

    private final AdminJson json = new AdminJson();
    private final AdminToken token;
    private final WebServer server;

    /** A part of the API. */
    interface Part {
        void register(HttpRouting.Builder routing, AdminJson json);
    }

    AdminServer(String host, int port, AdminToken token, List<Part> parts) {
        this.token = token;
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.addFilter(this::authorize);
        routing.error(ApiException.class, (_, response, e) -> problem(response, Problems.of(e)));
        routing.error(
                RegistryException.class, (_, response, e) -> problem(response, Problems.of(e)));
        routing.error(
                NatsUnavailable.class,
                (_, response, e) ->
                        problem(
                                response,
                                Problems.of(
                                        ErrorCode.NATS_UNAVAILABLE,
                                        "NATS is not available: " + e.getMessage())));
        routing.error(RuntimeException.class, this::internal);
        parts.forEach(part -> part.register(routing, json));
        routing.any(this::unknown);
        this.server =
                WebServer.builder()
                        .host(host)
                        .port(port)
                        .shutdownHook(false)
                        .featuresDiscoverServices(false)
                        .protocolsDiscoverServices(false)
                        .addProtocol(Http1Config.create())
                        .addProtocol(Http2Config.create())
                        .maxPayloadSize(PAYLOAD_BYTES_MAX)
                        .connectionOptions(options -> options.tcpNoDelay(true))
                        .maxTcpConnections(1_000)
                        .maxConcurrentRequests(500)
                        .idleConnectionTimeout(Duration.ofMinutes(5))
                        .shutdownGracePeriod(Duration.ofSeconds(2))
                        .addRouting(routing)
                        .build();
    }

    /** Starts to listen; has begun when this returns. */
    public void start() {
        server.start();
        if (!server.isRunning()) {
            throw new IllegalStateException(
                    "the admin API cannot listen on %s:%d; is another node running there? Choose another port with --admin PORT"
                            .formatted(server.prototype().host(), server.prototype().port()));
        }
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void authorize(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String path = request.path().path();
        if (path.equals(API) || path.startsWith(API + "/")) {
            String authorization = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
            if (!token.matches(authorization)) {
                response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
                problem(
                        response,
                        Problems.of(
                                ErrorCode.UNAUTHORIZED,
                                authorization.isEmpty()
                                        ? "send the node's token as 'Authorization: Bearer …'; it is in the file admin.token of the data folder"
                                        : "the token is not this node's"));
                return;
            }
        }
        chain.proceed();
    }

    private void unknown(ServerRequest request, ServerResponse response) {
        problem(
                response,
                Problems.of(
                        ErrorCode.NO_ROUTE,
                        "the admin API has no %s %s; GET /openapi lists what it has"
                                .formatted(
                                        request.prologue().method().text(),
                                        request.path().path())));
    }

    private void internal(
            ServerRequest request, ServerResponse response, RuntimeException failure) {
        LOG.log(
                System.Logger.Level.ERROR,
                "%s %s failed".formatted(request.prologue().method().text(), request.path().path()),
                failure);
        problem(response, Problems.of(ErrorCode.INTERNAL, detail(failure)));
    }

    /** Whoever has the token may know that the disk is full. */
    private static String detail(RuntimeException failure) {
        return failure instanceof UncheckedIOException || failure instanceof FileStoreException
                ? failure.getMessage() + "; see the node's log"
                : "see the node's log";
    }

    private void problem(ServerResponse response, Map<String, Object> members) {
        int status = members.get("status") instanceof Integer known ? known : 500;
        json.send(response, status, Problem.MEDIA_TYPE, members);
    }
}
