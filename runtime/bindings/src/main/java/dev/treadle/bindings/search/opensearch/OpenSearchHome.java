package dev.treadle.bindings.search.opensearch;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.CallTrace;
import dev.treadle.bindings.StoreFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.OpenSearchGenericClient;
import org.opensearch.client.opensearch.generic.Request;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.TransportOptions;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5Options;
import org.opensearch.client.transport.httpclient5.ResponseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A client of an OpenSearch. Connects when it is used; safe for threads. */
public final class OpenSearchHome implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final OpenSearchSettings settings;
    private final Duration timeout;
    private final Connector connector;
    private final ConcurrentMap<String, StoreIndex> indexes = new ConcurrentHashMap<>();
    private volatile @Nullable OpenSearchTransport transport;

    /** Guarded by this. */
    private boolean closed;

    /**
     * @param callsMax at once
     * @param timeout to connect, and to wait for an answer
     */
    public OpenSearchHome(OpenSearchSettings settings, int callsMax, Duration timeout) {
        this.settings = settings;
        this.timeout = timeout;
        this.connector = new Connector(settings, callsMax, timeout);
    }

    /** For people. */
    public String text() {
        return settings.text();
    }

    /** The index of a store. */
    StoreIndex index(String store) {
        return indexes.computeIfAbsent(store, name -> new StoreIndex(this, name));
    }

    /** How long an answer may take. */
    Duration timeout() {
        return timeout;
    }

    /** Why it cannot be used now; empty when it can. */
    public Optional<String> trouble() {
        try {
            send("GET", "/", Map.of()).good();
            return Optional.empty();
        } catch (StoreFailure e) {
            return Optional.of(e.detail());
        }
    }

    Answer send(String method, String path, Map<String, String> parameters) {
        return send(request(method, path, parameters));
    }

    /** Sends something as JSON. */
    Answer send(String method, String path, Map<String, String> parameters, Object body) {
        return send(method, path, parameters, JSON.writeValueAsBytes(body), "application/json");
    }

    /** Sends bytes. */
    Answer send(
            String method, String path, Map<String, String> parameters, byte[] body, String type) {
        return send(request(method, path, parameters).body(Body.from(body, type)));
    }

    private static Requests.JsonBodyBuilder request(
            String method, String path, Map<String, String> parameters) {
        return Requests.builder().method(method).endpoint(path).query(parameters);
    }

    private Answer send(Requests.JsonBodyBuilder request) {
        return await(new OpenSearchGenericClient(transport(), options()), request.build());
    }

    /** The client sends no headers of a request, only those of its options. */
    private static TransportOptions options() {
        ApacheHttpClient5Options.Builder options = ApacheHttpClient5Options.DEFAULT.toBuilder();
        CallTrace.headers().forEach(options::addHeader);
        return options.build();
    }

    /** The client's own way of waiting cannot be interrupted. */
    private Answer await(OpenSearchGenericClient client, Request request) {
        CompletableFuture<Response> coming = client.executeAsync(request);
        try {
            return read(coming.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new StoreFailure(Reason.UNAVAILABLE, "interrupted while it waited", e);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new StoreFailure(
                    Reason.UNAVAILABLE, "no answer within %d ms".formatted(timeout.toMillis()), e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static Answer read(Response response) throws IOException {
        try (response) {
            Optional<Body> body = response.getBody();
            JsonNode json =
                    body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body.get().body());
            return new Answer(response.getStatus(), json);
        }
    }

    /** The client throws most answers that are errors, some of them as the cause of another. */
    private static StoreFailure failure(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof ResponseException refused) {
                return new StoreFailure(
                        Answer.reason(refused.status()),
                        String.valueOf(refused.getMessage()),
                        thrown);
            }
        }
        return new StoreFailure(Reason.UNAVAILABLE, String.valueOf(thrown.getMessage()), thrown);
    }

    private OpenSearchTransport transport() {
        OpenSearchTransport known = transport;
        return known == null ? connect() : known;
    }

    private synchronized OpenSearchTransport connect() {
        OpenSearchTransport known = transport;
        if (known != null) {
            return known;
        }
        if (closed) {
            throw new StoreFailure(Reason.UNAVAILABLE, "the node is stopping", null);
        }
        OpenSearchTransport made = connector.connect();
        transport = made;
        return made;
    }

    @Override
    public synchronized void close() {
        closed = true;
        OpenSearchTransport known = transport;
        if (known == null) {
            return;
        }
        transport = null;
        try {
            known.close();
        } catch (IOException e) {
            System.getLogger(OpenSearchHome.class.getName())
                    .log(System.Logger.Level.WARNING, "the OpenSearch client did not close", e);
        }
    }
}
