package dev.treadle.server.oip;

import dev.treadle.TensorSpec;
import dev.treadle.protocols.tensors.BadTensor;
import dev.treadle.protocols.tensors.Datatypes;
import dev.treadle.registry.ModelRelease;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The protocol over HTTP, with the extension for binary data. Safe for threads. */
final class OipHttp {
    private static final System.Logger LOG = System.getLogger(OipHttp.class.getName());
    private static final HeaderName HEAD_LENGTH =
            HeaderNames.create("Inference-Header-Content-Length");
    private static final String MODEL = "/v2/models/{name}";
    private static final String VERSION = MODEL + "/versions/{version}";

    private final JsonMapper json = new JsonMapper();
    private final OipConfig config;
    private final OipModels models;
    private final ServerFacts facts;

    OipHttp(OipConfig config, OipModels models, ServerFacts facts) {
        this.config = config;
        this.models = models;
        this.facts = facts;
    }

    HttpRouting.Builder routing() {
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.addFilter(this::authorize);
        routing.error(
                OipError.class,
                (_, response, e) -> error(response, e.status(), String.valueOf(e.getMessage())));
        routing.error(
                BadTensor.class,
                (_, response, e) -> error(response, 400, "inputs: " + e.getMessage()));
        routing.error(RuntimeException.class, this::internal);
        routing.get("/v2/health/live", (_, response) -> flag(response, "live", true));
        routing.get("/v2/health/ready", (_, response) -> ready(response));
        routing.get("/v2", (_, response) -> send(response, 200, server()));
        for (String model : new String[] {MODEL, VERSION}) {
            routing.get(
                    model,
                    (request, response) ->
                            send(response, 200, metadata(models.describe(release(request)))));
            routing.get(model + "/ready", this::modelReady);
            routing.post(model + "/infer", this::infer);
        }
        routing.any(
                (request, response) ->
                        error(
                                response,
                                404,
                                "there is no %s %s; the Open Inference Protocol begins at /v2"
                                        .formatted(
                                                request.prologue().method().text(),
                                                request.path().path())));
        return routing;
    }

    /** Health is for anyone, as probes have no token. */
    private void authorize(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String sent = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        boolean isHealth = request.path().path().startsWith("/v2/health/");
        if (isHealth || config.lets(sent)) {
            chain.proceed();
            return;
        }
        response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        error(response, 401, OipError.NO_TOKEN);
    }

    private ObjectNode server() {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("name", ServerFacts.NAME);
        metadata.put("version", facts.version());
        ServerFacts.EXTENSIONS.forEach(metadata.putArray("extensions")::add);
        return metadata;
    }

    private static ObjectNode metadata(OipModels.Description model) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("name", model.name());
        model.versions().forEach(metadata.putArray("versions")::add);
        metadata.put("platform", OipModels.PLATFORM);
        tensors(model.signature().inputs(), metadata.putArray("inputs"));
        tensors(model.signature().outputs(), metadata.putArray("outputs"));
        return metadata;
    }

    private static void tensors(List<TensorSpec> specs, ArrayNode json) {
        for (TensorSpec spec : specs) {
            ObjectNode tensor = json.addObject();
            tensor.put("name", spec.name());
            tensor.put("datatype", Datatypes.of(spec.type()));
            ArrayNode shape = tensor.putArray("shape");
            spec.shape().forEach(dimension -> shape.add(dimension.size()));
        }
    }

    private void ready(ServerResponse response) {
        boolean ready = facts.isReady().getAsBoolean();
        response.status(ready ? 200 : 503);
        flag(response, "ready", ready);
    }

    private void flag(ServerResponse response, String name, boolean value) {
        write(response, JsonNodeFactory.instance.objectNode().put(name, value));
    }

    private void modelReady(ServerRequest request, ServerResponse response) {
        ModelRelease release = release(request);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", release.model().value());
        body.put("ready", true); // what is live can be loaded: the push has tried
        send(response, 200, body);
    }

    private void infer(ServerRequest request, ServerResponse response) {
        ModelRelease release = release(request);
        byte[] body = body(request);
        InferRequest wanted = InferRequest.read(body, headLength(request, body.length));
        InferAnswer answer =
                InferAnswer.write(
                        release.model().value(),
                        release.number(),
                        wanted,
                        models.run(release, wanted.inputs(), config.timeout()));
        answer.headLength()
                .ifPresent(length -> response.header(HEAD_LENGTH, Integer.toString(length)));
        response.header(
                HeaderNames.CONTENT_TYPE,
                answer.headLength().isPresent() ? "application/octet-stream" : "application/json");
        response.send(answer.body());
    }

    private static int headLength(ServerRequest request, int bodyLength) {
        Optional<String> text = request.headers().first(HEAD_LENGTH);
        if (text.isEmpty()) {
            return bodyLength;
        }
        try {
            return Integer.parseInt(text.get().strip());
        } catch (NumberFormatException e) {
            throw OipError.bad(
                    "Inference-Header-Content-Length is '%s', no number".formatted(text.get()));
        }
    }

    private byte[] body(ServerRequest request) {
        if (!request.content().hasEntity()) {
            throw OipError.bad("the request has no body");
        }
        return OipBody.read(
                request.content().inputStream(),
                request.headers().first(HeaderNames.CONTENT_ENCODING).orElse(""),
                config.payloadBytesMax());
    }

    private ModelRelease release(ServerRequest request) {
        return models.release(
                request.path().pathParameters().get("name"),
                request.path().pathParameters().first("version").asOptional());
    }

    private void internal(
            ServerRequest request, ServerResponse response, RuntimeException failure) {
        LOG.log(System.Logger.Level.ERROR, request.path().path() + " failed", failure);
        error(response, 500, "Treadle itself failed; see the node's log");
    }

    private void error(ServerResponse response, int status, String message) {
        send(response, status, Map.of("error", message));
    }

    private void send(ServerResponse response, int status, Object document) {
        response.status(Status.create(status));
        write(response, document);
    }

    private void write(ServerResponse response, Object document) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(json.writeValueAsBytes(document));
    }
}
