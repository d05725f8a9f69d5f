package dev.treadle.cli.admin;

import dev.treadle.cli.console.Failure;
import dev.treadle.registry.Digest;
import dev.treadle.registry.FunctionName;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations of the admin API. Documents are those of the OpenAPI description. Safe for
 * threads.
 */
public final class NodeApi {
    private static final Duration NO_END = Duration.ZERO;
    private static final Duration FOR_A_DEPLOY = Duration.ofMinutes(5);
    private static final Duration FOR_A_REDRIVE = Duration.ofHours(1);
    private static final String TEST_EVENTS = "/v1/test-events";
    private static final String DEAD_LETTERS = "/dead-letters";

    private final AdminClient client;
    private final VersionedApi functions;

    public NodeApi(AdminClient client) {
        this.client = client;
        this.functions = new VersionedApi(client, Kind.FUNCTION);
    }

    public Server server() {
        return client.server();
    }

    /** The operations on releases and aliases of functions. */
    public VersionedApi functions() {
        return functions;
    }

    /** The operations on releases and aliases of models. */
    public VersionedApi models() {
        return new VersionedApi(client, Kind.MODEL);
    }

    /** What makes releases of models. */
    public ModelPush modelPush() {
        return new ModelPush(client, models());
    }

    public JsonNode node() {
        return client.expect(Request.get("/v1/node")).json();
    }

    public boolean has(Digest digest) {
        Reply reply = client.send(Request.of("HEAD", artifact(digest)));
        if (!reply.ok() && reply.status() != 404) {
            throw Problems.failure(reply, server());
        }
        return reply.ok();
    }

    public void put(Digest digest, byte[] jar) {
        Request request = Request.of("PUT", artifact(digest)).body("application/java-archive", jar);
        client.expect(request.patience(FOR_A_DEPLOY));
    }

    public JsonNode deploy(FunctionName name, ObjectNode deploy) {
        Request request = Request.of("POST", path(name.value()) + "/releases").json(deploy);
        return named(name.value(), request.patience(FOR_A_DEPLOY)).json();
    }

    public JsonNode triggers(String name, int next) {
        String query = query(Map.of("next", String.valueOf(next)));
        return named(name, Request.get(path(name) + "/triggers" + query)).json();
    }

    public JsonNode pause(String name, String trigger, boolean pause, ObjectNode why) {
        String verb = pause ? "/pause" : "/resume";
        String path = path(name) + "/triggers/" + Request.encoded(trigger) + verb;
        return named(name, Request.of("POST", path).json(why)).json();
    }

    /** Publishes a message to JetStream. */
    public JsonNode publish(ObjectNode message) {
        return client.expect(Request.of("POST", "/v1/events").json(message)).json();
    }

    public JsonNode deadLetters(String name, Map<String, String> query) {
        return named(name, Request.get(path(name) + DEAD_LETTERS + query(query))).json();
    }

    public JsonNode deadLetter(String name, long id) {
        return client.expect(Request.get(path(name) + DEAD_LETTERS + "/" + id)).json();
    }

    /** Answers when all have ended. */
    public JsonNode redrive(String name, ObjectNode wanted) {
        Request request = Request.of("POST", path(name) + DEAD_LETTERS + "/redrive").json(wanted);
        return named(name, request.patience(FOR_A_REDRIVE)).json();
    }

    public JsonNode purgeDeadLetters(String name, Map<String, String> query) {
        String path = path(name) + DEAD_LETTERS + query(query);
        return named(name, Request.of("DELETE", path)).json();
    }

    /** How it goes, one JSON object a line, and empty lines meanwhile. */
    public InputStream replay(String name, ObjectNode wanted) {
        try {
            return client.stream(Request.of("POST", path(name) + "/replay").json(wanted));
        } catch (Failure failure) {
            throw functions.explained(name, failure);
        }
    }

    /** What a function is called with. */
    public record Call(String name, String reference, Map<String, String> headers, byte[] body) {}

    /**
     * The function's own answer.
     *
     * @throws Failure when there was none
     */
    public Reply invoke(Call call) {
        return answered(call, client.send(request(call)));
    }

    /** As {@link #invoke(Call)}; the answer's body goes to {@code sink} as it comes. */
    public Reply invoke(Call call, OutputStream sink) {
        return answered(call, client.send(request(call), sink));
    }

    private Request request(Call call) {
        String path = path(call.name()) + "/invoke" + query(Map.of("reference", call.reference()));
        Request request = Request.of("POST", path).bytes(call.body()).patience(NO_END);
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return request;
    }

    private Reply answered(Call call, Reply reply) {
        if (reply.isProblem()) {
            throw functions.explained(call.name(), Problems.failure(reply, server()));
        }
        return reply;
    }

    /** One JSON object a line. */
    public InputStream logs(String name, Map<String, String> query, boolean follow) {
        Request request = Request.get(path(name) + "/logs" + query(query));
        try {
            return client.stream(follow ? request.patience(NO_END) : request);
        } catch (Failure failure) {
            throw functions.explained(name, failure);
        }
    }

    public JsonNode invocations(Map<String, String> query) {
        return client.expect(Request.get("/v1/invocations" + query(query))).json();
    }

    public JsonNode secrets() {
        return client.expect(Request.get("/v1/secrets")).json();
    }

    public void setSecret(String key, String value) {
        Request request = Request.of("PUT", "/v1/secrets/" + Request.encoded(key));
        client.expect(
                request.body("text/plain; charset=utf-8", value.getBytes(StandardCharsets.UTF_8)));
    }

    public void deleteSecret(String key) {
        client.expect(Request.of("DELETE", "/v1/secrets/" + Request.encoded(key)));
    }

    public JsonNode testEvents() {
        return client.expect(Request.get(TEST_EVENTS)).json();
    }

    /** The event, in the JSON format of CloudEvents. */
    public byte[] testEvent(String name) {
        return client.expect(Request.get(TEST_EVENTS + "/" + Request.encoded(name))).body();
    }

    public void saveTestEvent(String name, byte[] event) {
        Request request = Request.of("PUT", TEST_EVENTS + "/" + Request.encoded(name));
        client.expect(request.body("application/cloudevents+json", event));
    }

    public void deleteTestEvent(String name) {
        client.expect(Request.of("DELETE", TEST_EVENTS + "/" + Request.encoded(name)));
    }

    private Reply named(String name, Request request) {
        return functions.named(name, request);
    }

    private String path(String name) {
        return functions.path(name);
    }

    private static String artifact(Digest digest) {
        return "/v1/artifacts/" + digest.hex();
    }

    private static String query(Map<String, String> values) {
        return values.isEmpty()
                ? ""
                : values.entrySet().stream()
                        .map(one -> one.getKey() + "=" + Request.encoded(one.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
