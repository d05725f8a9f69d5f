package dev.treadle.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.treadle.cli.console.Documents;
import dev.treadle.registry.manifest.ManifestReader;
import dev.treadle.registry.manifest.ParsedManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node as far as the command line can see: real HTTP, the documented paths and documents, all in
 * memory. It keeps what it was sent, for tests to look at. Safe for threads.
 */
public final class TestNode implements AutoCloseable {
    public static final String TOKEN = "a-token";

    private final HttpServer http;
    private final Map<String, byte[]> artifacts = new TreeMap<>();
    private final Map<String, TestFunctionState> functions = new TreeMap<>();
    private final Map<String, String> secrets = new TreeMap<>();
    private final List<Seen> seen = new ArrayList<>();
    private List<String> logs = List.of();
    private Answer answer = new Answer(200, "text/plain", "hello");
    private ObjectNode nats =
            Documents.object()
                    .put("mode", "managed")
                    .put("state", "connected")
                    .put("url", "nats://127.0.0.1:4222")
                    .put("version", "2.14.5")
                    .put("durability", "fsync (sync_interval always)");
    private int uploads;

    /** A request that came in. */
    record Seen(String line, Map<String, String> headers, String body) {}

    /** What the function answers. */
    record Answer(int status, String contentType, String body) {}

    public TestNode() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::handle);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return http.getAddress().getPort();
    }

    synchronized int uploads() {
        return uploads;
    }

    public synchronized byte[] newestArtifact(String function) {
        return artifacts.getOrDefault(get(function).newestArtifact(), new byte[0]);
    }

    public synchronized int releases(String function) {
        return functions.containsKey(function) ? get(function).releases() : 0;
    }

    synchronized String manifest(String function) {
        return get(function).manifest();
    }

    synchronized String secret(String key) {
        return secrets.getOrDefault(key, "");
    }

    synchronized Seen lastCall() {
        return seen.getLast();
    }

    synchronized void logs(String... lines) {
        logs = List.of(lines);
    }

    synchronized void nats(ObjectNode document) {
        nats = document;
    }

    synchronized void answers(int status, String contentType, String body) {
        answer = new Answer(status, contentType, body);
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!("Bearer " + TOKEN)
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                problem(exchange, 401, "TR-1008", "The admin API wants the node's token");
                return;
            }
            answer(exchange, body);
        }
    }

    private synchronized void answer(HttpExchange exchange, byte[] body) throws IOException {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
        remember(exchange, body);
        String kind = path.length > 1 ? path[1] : "";
        switch (kind) {
            case "node" ->
                    json(
                            exchange,
                            200,
                            Documents.object()
                                    .put("version", Version.number())
                                    .put("state", "ready")
                                    .set("nats", nats));
            case "artifacts" -> artifact(exchange, path[2], body);
            case "secrets" -> secret(exchange, path, body);
            case "invocations" ->
                    json(exchange, 200, invocations(exchange.getRequestURI().getQuery()));
            case "test-events" ->
                    text(exchange, 200, "application/cloudevents+json", "{\"id\":\"e-1\"}");
            case "functions" -> function(exchange, path, body);
            case "models" -> model(exchange, path);
            default -> problem(exchange, 404, "TR-1006", "No such path");
        }
    }

    private void remember(HttpExchange exchange, byte[] body) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getLast()));
        seen.add(
                new Seen(
                        exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                        headers,
                        new String(body, StandardCharsets.UTF_8)));
    }

    private void artifact(HttpExchange exchange, String digest, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            artifacts.put(digest, body);
            uploads++;
            exchange.sendResponseHeaders(201, -1);
        } else {
            exchange.sendResponseHeaders(artifacts.containsKey(digest) ? 200 : 404, -1);
        }
    }

    private void secret(HttpExchange exchange, String[] path, byte[] body) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                secrets.put(path[2], new String(body, StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(204, -1);
            }
            case "DELETE" -> {
                secrets.remove(path[2]);
                exchange.sendResponseHeaders(204, -1);
            }
            default -> {
                ObjectNode document = Documents.object();
                ArrayNode all = document.putArray("secrets");
                secrets.keySet()
                        .forEach(
                                key ->
                                        all.addObject()
                                                .put("name", key)
                                                .put("updated", "2026-11-01T12:00:00Z"));
                json(exchange, 200, document);
            }
        }
    }

    /** There is one by the name of digits, which has one release; only the list knows of it. */
    private static void model(HttpExchange exchange, String[] path) throws IOException {
        if (path.length > 3 && path[3].equals("rollback")) {
            problem(exchange, 409, "TR-1104", "There is nothing to roll back to");
            return;
        }
        if (path.length > 2) {
            problem(exchange, 404, "TR-1006", "There is no model " + path[2]);
            return;
        }
        ObjectNode document = Documents.object();
        document.putArray("models").addObject().put("name", "digits");
        json(exchange, 200, document);
    }

    private void function(HttpExchange exchange, String[] path, byte[] body) throws IOException {
        if (path.length == 2) {
            ObjectNode document = Documents.object();
            ArrayNode all = document.putArray("functions");
            functions.forEach((name, function) -> all.add(function.summary()));
            json(exchange, 200, document);
            return;
        }
        String name = path[2];
        String what = path.length > 3 ? path[3] : "";
        if (what.equals("releases") && exchange.getRequestMethod().equals("POST")) {
            deploy(exchange, name, Documents.parse(body));
        } else if (!functions.containsKey(name)) {
            problem(exchange, 404, "TR-1006", "There is no function " + name);
        } else {
            known(exchange, name, what, path, body);
        }
    }

    private void known(HttpExchange exchange, String name, String what, String[] path, byte[] body)
            throws IOException {
        TestFunctionState function = get(name);
        switch (what) {
            case "releases" -> json(exchange, 200, function.releaseList());
            case "logs", "replay" ->
                    text(exchange, 200, "application/x-ndjson", String.join("\n", logs) + "\n");
            case "invoke" -> {
                exchange.getResponseHeaders().set("Treadle-Invocation", "01INVOCATION");
                if (answer.status() == 202) {
                    exchange.getResponseHeaders().set("Location", "http://h/_treadle/async/01I");
                }
                text(exchange, answer.status(), answer.contentType(), answer.body());
            }
            case "triggers" -> json(exchange, 200, triggers(exchange, function, path, body));
            case "rollback" -> {
                function.rollBack(Documents.parse(body).path("release"));
                json(exchange, 200, function.summary());
            }
            case "aliases" -> {
                if (exchange.getRequestMethod().equals("PUT")) {
                    function.alias(path[4], (ObjectNode) Documents.parse(body).path("weights"));
                } else {
                    function.removeAlias(path[4]);
                }
                json(exchange, 200, function.summary());
            }
            default -> {
                if (exchange.getRequestMethod().equals("DELETE")) {
                    functions.remove(name);
                    exchange.sendResponseHeaders(204, -1);
                } else {
                    json(exchange, 200, function.detail());
                }
            }
        }
    }

    private static ObjectNode triggers(
            HttpExchange exchange, TestFunctionState function, String[] path, byte[] body) {
        if (path.length > 5) {
            return path[5].equals("pause")
                    ? function.pause(path[4], Documents.parse(body))
                    : function.resume(path[4]);
        }
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        return function.triggers(
                query.startsWith("next=") ? Integer.parseInt(query.substring(5)) : 1);
    }

    private void deploy(HttpExchange exchange, String name, JsonNode deploy) throws IOException {
        String manifest = deploy.path("manifest").asString("");
        if (!(ManifestReader.read(manifest) instanceof ParsedManifest.Valid(var read, _))
                || !read.name().value().equals(name)) {
            problem(exchange, 422, "TR-1101", "The manifest has errors");
            return;
        }
        if (!artifacts.containsKey(deploy.path("artifact").asString(""))) {
            problem(exchange, 422, "TR-1102", "The artifact is not here");
            return;
        }
        ObjectNode answer = Documents.object();
        boolean dry = deploy.path("dryRun").asBoolean(false);
        if (!dry) {
            TestFunctionState function = functions.computeIfAbsent(name, TestFunctionState::new);
            function.release(deploy, read.entry());
            answer.put("release", function.releases());
        }
        answer.put("outcome", dry ? "dry-run" : "deployed");
        answer.set(
                "function",
                functions.containsKey(name) ? get(name).summary() : Documents.object().nullNode());
        answer.putArray("changes").add(dry ? "artifact: new" : "new function");
        answer.putArray("warnings");
        json(exchange, dry ? 200 : 201, answer);
    }

    private TestFunctionState get(String name) {
        TestFunctionState function = functions.get(name);
        if (function == null) {
            throw new AssertionError("no function " + name + " was deployed");
        }
        return function;
    }

    private static ObjectNode invocations(@Nullable String query) {
        ObjectNode document = Documents.object();
        ArrayNode all = document.putArray("invocations");
        if (query != null && query.contains("function=") && !query.contains("function=hello")) {
            return document;
        }
        all.addObject()
                .put("id", "01INVOCATION")
                .put("function", "hello")
                .put("release", 2)
                .put("alias", "live")
                .put("trigger", "http")
                .put("attempt", 1)
                .put("start", "2026-11-01T12:00:00Z")
                .put("status", "failed")
                .put("httpStatus", 500)
                .put("code", "TR-2001")
                .put("error", "java.lang.IllegalStateException: no")
                .put("queueMicros", 10)
                .put("loadMicros", 0)
                .put("runMicros", 2_500);
        return document;
    }

    private static void problem(HttpExchange exchange, int status, String code, String detail)
            throws IOException {
        ObjectNode problem =
                Documents.object()
                        .put("type", "urn:treadle:error:" + code)
                        .put("title", "It did not work")
                        .put("status", status)
                        .put("detail", detail)
                        .put("code", code)
                        .put("owner", "caller");
        text(exchange, status, "application/problem+json", Documents.text(problem));
    }

    private static void json(HttpExchange exchange, int status, JsonNode document)
            throws IOException {
        text(exchange, status, "application/json", Documents.text(document));
    }

    private static void text(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
