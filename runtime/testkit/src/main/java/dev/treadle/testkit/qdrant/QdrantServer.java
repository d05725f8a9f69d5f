package dev.treadle.testkit.qdrant;

import dev.treadle.testkit.FreePort;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for a Qdrant, of which no binary can be had in the build: a real gRPC server for the
 * services that the client has generated, which keeps points in memory and finds them as Qdrant's
 * documentation says. What it keeps outlives {@link #kill}. Safe for threads.
 */
public final class QdrantServer implements AutoCloseable {
    private static final Metadata.Key<String> API_KEY =
            Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

    private static final Metadata.Key<String> TRACE =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    private final Set<String> traces = ConcurrentHashMap.newKeySet();
    private final QdrantMemory memory = new QdrantMemory();
    private final ServerCredentials credentials;
    private final Optional<String> apiKey;
    private final int port;
    private Server server;

    /** One that lets anybody in. */
    public QdrantServer() throws IOException {
        this(InsecureServerCredentials.create(), Optional.empty());
    }

    /**
     * @param apiKey which callers must have
     */
    public QdrantServer(ServerCredentials credentials, Optional<String> apiKey) throws IOException {
        this.credentials = credentials;
        this.apiKey = apiKey;
        this.server = start(FreePort.next());
        this.port = server.getPort();
    }

    private Server start(int port) throws IOException {
        return Grpc.newServerBuilderForPort(port, credentials)
                .addService(new QdrantCollectionsService(memory))
                .addService(new QdrantPointsService(memory))
                .addService(new QdrantHealthService())
                .intercept(new Gate(apiKey, traces))
                .build()
                .start();
    }

    public int port() {
        return port;
    }

    /** The traces that calls said they belong to. */
    public Set<String> traces() {
        return Set.copyOf(traces);
    }

    /** Deletes a collection behind everybody's back. */
    public void drop(String collection) {
        memory.drop(collection);
    }

    /** Ends it at once: connections break. */
    public void kill() throws InterruptedException {
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    /** Starts it again on the same port. */
    public void revive() throws IOException {
        server = start(port);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private record Gate(Optional<String> apiKey, Set<String> traces) implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (apiKey.isPresent() && !apiKey.get().equals(headers.get(API_KEY))) {
                call.close(
                        Status.UNAUTHENTICATED.withDescription("Must provide an API key"),
                        new Metadata());
                return new ServerCall.Listener<>() {};
            }
            Optional.ofNullable(headers.get(TRACE)).ifPresent(traces::add);
            return next.startCall(call, headers);
        }
    }
}
