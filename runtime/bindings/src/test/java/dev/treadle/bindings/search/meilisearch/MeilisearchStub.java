package dev.treadle.bindings.search.meilisearch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server that speaks the part of Meilisearch's documented HTTP API that the provider uses: it
 * refuses what the documentation says is refused, takes writes as tasks that are done a moment
 * later, and finds by simple means. It is no Meilisearch: how that one ranks is not tested by it.
 */
final class MeilisearchStub implements AutoCloseable {
    static final String KEY = "a-master-key";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final int port;

    /** Guarded by this. */
    private final Map<String, StubIndex> indexes = new HashMap<>();

    /** What is answered of each task, the first time that it was not done yet. Guarded by this. */
    private final List<Task> tasks = new ArrayList<>();

    /** Guarded by this. */
    private Optional<Proxied> proxied = Optional.empty();

    MeilisearchStub(int port) throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        this.port = server.getAddress().getPort();
    }

    /** As a proxy before a server that is away. */
    synchronized void answerOnly(int status, String body) {
        proxied = Optional.of(new Proxied(status, body));
    }

    private record Proxied(int status, String body) {}

    /** An error as the API has it. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String code;

        Refused(int status, String code) {
            super(code);
            this.status = status;
            this.code = code;
        }
    }

    private static final class Task {
        private final String index;
        private final String error;
        private boolean asked;

        Task(String index, String error) {
            this.index = index;
            this.error = error;
        }
    }

    int port() {
        return port;
    }

    private void handle(HttpExchange exchange) throws IOException {
        Optional<Proxied> only = proxied();
        if (only.isPresent()) {
            send(exchange, only.get().status(), only.get().body());
            return;
        }
        int status = 200;
        JsonNode answer;
        try {
            if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                throw new Refused(403, "invalid_api_key");
            }
            answer = answer(exchange);
            status = answer.has("taskUid") ? 202 : 200;
        } catch (Refused e) {
            status = e.status;
            answer =
                    JSON.createObjectNode()
                            .put("message", "refused: " + e.code)
                            .put("code", e.code)
                            .put("type", "invalid_request")
                            .put("link", "https://docs.meilisearch.com/errors#" + e.code);
        }
        send(exchange, status, answer.toString());
    }

    private synchronized Optional<Proxied> proxied() {
        return proxied;
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized JsonNode answer(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        // The SDK writes some slashes twice, which Meilisearch takes for one.
        String merged = exchange.getRequestURI().getPath().replaceAll("/+", "/");
        String[] path = merged.substring(1).split("/", -1);
        String route =
                exchange.getRequestMethod()
                        + " "
                        + path[0]
                        + (path.length > 2 ? "/" + path[2] : "")
                        + (path.length > 3 ? "/+" : "");
        return switch (route) {
            case "GET indexes" -> JSON.createObjectNode().set("results", JSON.createArrayNode());
            case "POST indexes" -> create(body);
            case "GET tasks" -> task(Integer.parseInt(path[1]));
            case "PATCH indexes/settings" -> write(path[1], index -> index.settings(body));
            case "POST indexes/documents" -> write(path[1], index -> index.put(body));
            case "POST indexes/documents/+" -> write(path[1], index -> index.delete(body));
            case "GET indexes/documents/+" -> index(path[1]).get(path[3]);
            case "POST indexes/search" -> index(path[1]).search(body);
            default -> throw new Refused(404, "not_found: " + route);
        };
    }

    private StubIndex index(String uid) {
        StubIndex index = indexes.get(uid);
        if (index == null) {
            throw new Refused(404, "index_not_found");
        }
        return index;
    }

    private JsonNode create(JsonNode body) {
        String uid = body.path("uid").asString();
        if (!uid.matches("[a-zA-Z0-9_-]{1,400}")) {
            throw new Refused(400, "invalid_index_uid");
        }
        boolean taken = indexes.containsKey(uid);
        indexes.computeIfAbsent(uid, _ -> new StubIndex(body.path("primaryKey").asString()));
        return enqueue(uid, taken ? "index_already_exists" : "");
    }

    /** A write fails as a task, not as a request. */
    private JsonNode write(String uid, Consumer<StubIndex> work) {
        try {
            work.accept(index(uid));
            return enqueue(uid, "");
        } catch (Refused e) {
            return enqueue(uid, e.code);
        }
    }

    private JsonNode enqueue(String uid, String error) {
        tasks.add(new Task(uid, error));
        return JSON.createObjectNode()
                .put("taskUid", tasks.size() - 1)
                .put("indexUid", uid)
                .put("status", "enqueued")
                .put("type", "documentAdditionOrUpdate")
                .put("enqueuedAt", "2026-11-01T00:00:00.123456Z");
    }

    private JsonNode task(int number) {
        Task task = tasks.get(number);
        String done = task.error.isEmpty() ? "succeeded" : "failed";
        ObjectNode json =
                JSON.createObjectNode()
                        .put("uid", number)
                        .put("indexUid", task.index)
                        .put("status", task.asked ? done : "processing")
                        .put("type", "documentAdditionOrUpdate")
                        .put("enqueuedAt", "2026-11-01T00:00:00.123456Z");
        if (!task.error.isEmpty()) {
            json.putObject("error")
                    .put("message", "failed: " + task.error)
                    .put("code", task.error)
                    .put("type", "invalid_request")
                    .put("link", "https://docs.meilisearch.com/errors#" + task.error);
        }
        task.asked = true;
        return json;
    }

    /** Takes no more connections and breaks those there are. */
    @Override
    public void close() {
        server.stop(0);
    }
}
