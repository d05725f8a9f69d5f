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
    private final Map<String, Function> functions = new TreeMap<>();
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

    private static final class Function {
        private final List<ObjectNode> releases = new ArrayList<>();
        private final Map<String, ObjectNode> aliases = new TreeMap<>();
        private final Map<String, String> paused = new TreeMap<>();
        private String manifest = "";
        private int previous;
    }

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
        ObjectNode newest = get(function).releases.getLast();
        return artifacts.getOrDefault(newest.path("artifact").asString(""), new byte[0]);
    }

    public synchronized int releases(String function) {
        return functions.containsKey(function) ? get(function).releases.size() : 0;
    }

    synchronized String manifest(String function) {
        return get(function).manifest;
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
            case "invocations" -> json(exchange, 200, invocations());
            case "functions" -> function(exchange, path, body);
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

    private void function(HttpExchange exchange, String[] path, byte[] body) throws IOException {
        if (path.length == 2) {
            ObjectNode document = Documents.object();
            ArrayNode all = document.putArray("functions");
            functions.forEach((name, function) -> all.add(summary(name, function)));
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
        Function function = get(name);
        switch (what) {
            case "releases" -> json(exchange, 200, releases(function));
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
                int target = Documents.parse(body).path("release").asInt(function.previous);
                function.aliases.put("live", weights(target));
                json(exchange, 200, summary(name, function));
            }
            case "aliases" -> {
                if (exchange.getRequestMethod().equals("PUT")) {
                    function.aliases.put(
                            path[4], (ObjectNode) Documents.parse(body).path("weights"));
                } else {
                    function.aliases.remove(path[4]);
                }
                json(exchange, 200, summary(name, function));
            }
            default -> {
                if (exchange.getRequestMethod().equals("DELETE")) {
                    functions.remove(name);
                    exchange.sendResponseHeaders(204, -1);
                } else {
                    json(exchange, 200, detail(name, function));
                }
            }
        }
    }

    /** Schedules tick at midnight on each first of a month. */
    private static ObjectNode triggers(
            HttpExchange exchange, Function function, String[] path, byte[] body) {
        if (path.length > 5 && path[5].equals("pause")) {
            JsonNode why = Documents.parse(body);
            function.paused.put(
                    path[4],
                    "paused by %s: %s"
                            .formatted(
                                    why.path("by").asString(""), why.path("reason").asString("-")));
        } else if (path.length > 5) {
            function.paused.remove(path[4]);
        }
        ObjectNode document = Documents.object();
        ArrayNode array = document.putArray("triggers");
        if (!(ManifestReader.read(function.manifest) instanceof ParsedManifest.Valid(var m, _))) {
            return document;
        }
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        int count = query.startsWith("next=") ? Integer.parseInt(query.substring(5)) : 1;
        m.namedTriggers()
                .forEach(
                        (name, spec) -> {
                            ObjectNode trigger = array.addObject().put("name", name);
                            trigger.put("kind", spec.kind()).put("source", "the " + spec.kind());
                            boolean paused = function.paused.containsKey(name);
                            trigger.put("state", paused ? "paused" : "active");
                            trigger.put("reason", function.paused.get(name));
                            ArrayNode next = trigger.putArray("next");
                            boolean ticks = spec.kind().equals("schedule") && !paused;
                            for (int i = 1; ticks && i <= count; i++) {
                                next.add("2026-%02d-01T00:00:00Z".formatted(i));
                            }
                        });
        return path.length > 5
                ? (ObjectNode)
                        array.valueStream()
                                .filter(t -> t.path("name").asString("").equals(path[4]))
                                .findFirst()
                                .orElseThrow()
                : document;
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
            release(name, deploy, read.entry());
            answer.put("release", get(name).releases.size());
        }
        answer.put("outcome", dry ? "dry-run" : "deployed");
        answer.set(
                "function",
                functions.containsKey(name)
                        ? summary(name, get(name))
                        : Documents.object().nullNode());
        answer.putArray("changes").add(dry ? "artifact: new" : "new function");
        answer.putArray("warnings");
        json(exchange, dry ? 200 : 201, answer);
    }

    private void release(String name, JsonNode deploy, String entry) {
        Function function = functions.computeIfAbsent(name, _ -> new Function());
        function.previous = function.releases.size();
        function.manifest = deploy.path("manifest").asString("");
        int number = function.releases.size() + 1;
        function.releases.add(
                Documents.object()
                        .put("number", number)
                        .put("artifact", deploy.path("artifact").asString(""))
                        .put("created", "2026-11-01T12:00:00Z")
                        .put("entry", entry)
                        .put("state", "loaded"));
        function.aliases.put(deploy.path("alias").asString("live"), weights(number));
    }

    private Function get(String name) {
        Function function = functions.get(name);
        if (function == null) {
            throw new AssertionError("no function " + name + " was deployed");
        }
        return function;
    }

    private static ObjectNode weights(int release) {
        return Documents.object().put(String.valueOf(release), 100);
    }

    private ObjectNode summary(String name, Function function) {
        ObjectNode document = Documents.object().put("name", name);
        document.set("live", function.aliases.getOrDefault("live", Documents.object()));
        ObjectNode aliases = document.putObject("aliases");
        function.aliases.forEach(aliases::set);
        document.put("newest", function.releases.size());
        document.putArray("urls").add("http://127.0.0.1:8080/" + name);
        document.put("updated", "2026-11-01T12:00:00Z");
        return document;
    }

    private ObjectNode detail(String name, Function function) {
        ObjectNode document = summary(name, function);
        document.putObject("callable").put("now", true).put("reason", "loaded");
        ObjectNode route = document.putArray("routes").addObject().put("path", "/" + name);
        route.put("url", "http://127.0.0.1:8080/" + name).putArray("methods");
        document.set("releases", releases(function).path("releases"));
        document.put("manifest", function.manifest);
        document.putArray("missingSecrets").add("API_KEY");
        document.put("subject", "fn." + name);
        ArrayNode calls = document.putArray("calls");
        calls.addObject().put("function", "price").put("exists", true);
        calls.addObject().put("function", "tax").put("exists", false);
        document.putObject("stats")
                .put("invocations", 3)
                .put("errors", 1)
                .put("timeouts", 0)
                .put("refused", 0)
                .put("inFlight", 0)
                .put("waiting", 0)
                .put("p50Micros", 840)
                .put("p99Micros", 12_300);
        return document;
    }

    private static ObjectNode releases(Function function) {
        ObjectNode document = Documents.object();
        ArrayNode all = document.putArray("releases");
        function.releases.reversed().forEach(all::add);
        return document;
    }

    private static ObjectNode invocations() {
        ObjectNode document = Documents.object();
        document.putArray("invocations")
                .addObject()
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
