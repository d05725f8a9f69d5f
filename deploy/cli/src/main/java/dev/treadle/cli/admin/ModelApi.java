package dev.treadle.cli.admin;

import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.ExitCode;
import dev.treadle.cli.console.Failure;
import dev.treadle.registry.Digest;
import dev.treadle.registry.manifest.DidYouMean;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The admin API's operations on models. Safe for threads. */
public final class ModelApi {
    private static final Duration FOR_A_PUSH = Duration.ofMinutes(30);

    private final AdminClient client;

    public ModelApi(AdminClient client) {
        this.client = client;
    }

    public JsonNode models() {
        return client.expect(Request.get("/v1/models")).json();
    }

    public JsonNode model(String name) {
        return named(name, Request.get(path(name))).json();
    }

    public JsonNode releases(String name) {
        return named(name, Request.get(path(name) + "/releases")).json();
    }

    /**
     * Uploads a file, unless the node has it.
     *
     * @return whether it had to be sent
     */
    public boolean upload(Digest digest, Path file) {
        String path = "/v1/artifacts/" + digest.hex();
        if (client.send(Request.of("HEAD", path)).ok()) {
            return false;
        }
        Request request = Request.of("PUT", path).file("application/octet-stream", file);
        client.expect(request.patience(FOR_A_PUSH));
        return true;
    }

    /** Makes a release of an uploaded file. */
    public JsonNode push(String name, Digest digest, String alias) {
        ObjectNode body = Documents.object();
        body.put("artifact", digest.hex());
        body.put("alias", alias);
        Request request = Request.of("POST", path(name) + "/releases").json(body);
        return client.expect(request.patience(FOR_A_PUSH)).json();
    }

    public JsonNode setAlias(String name, String alias, SortedMap<Integer, Integer> weights) {
        ObjectNode body = Documents.object();
        ObjectNode shares = body.putObject("weights");
        weights.forEach((release, weight) -> shares.put(String.valueOf(release), weight));
        Request request = Request.of("PUT", alias(name, alias)).json(body);
        return named(name, request.patience(FOR_A_PUSH)).json();
    }

    public JsonNode removeAlias(String name, String alias) {
        return named(name, Request.of("DELETE", alias(name, alias))).json();
    }

    public JsonNode rollback(String name, OptionalInt release) {
        ObjectNode body = Documents.object();
        release.ifPresent(number -> body.put("release", number));
        Request request = Request.of("POST", path(name) + "/rollback").json(body);
        return named(name, request.patience(FOR_A_PUSH)).json();
    }

    public void delete(String name) {
        named(name, Request.of("DELETE", path(name)));
    }

    private Reply named(String name, Request request) {
        try {
            return client.expect(request);
        } catch (Failure failure) {
            throw explained(name, failure);
        }
    }

    /** When there is no such model: with the next best. */
    private Failure explained(String name, Failure failure) {
        List<String> tries =
                failure.tries().stream().map(line -> line.replace("NAME", name)).toList();
        if (failure.exitCode() != ExitCode.NOT_FOUND) {
            return failure.withTries(tries);
        }
        List<String> names =
                models().path("models")
                        .valueStream()
                        .map(model -> model.path("name").asString(""))
                        .toList();
        return names.contains(name)
                ? failure.withTries(
                        List.of(
                                "treadle model releases " + name,
                                "treadle model alias list " + name))
                : missing(name, names);
    }

    private static Failure missing(String name, List<String> names) {
        Optional<String> meant = DidYouMean.nearest(name, names);
        List<String> tries = new ArrayList<>(List.of("treadle model list"));
        meant.ifPresent(other -> tries.add("treadle model describe " + other));
        return Failure.notFound(
                        "there is no model '%s'%s"
                                .formatted(
                                        name,
                                        meant.map("; did you mean '%s'?"::formatted).orElse("")),
                        names.isEmpty()
                                ? "No model has been pushed to this node yet."
                                : "A model has the name that it was pushed with.")
                .withTries(tries);
    }

    private static String path(String name) {
        return "/v1/models/" + encode(name);
    }

    private static String alias(String name, String alias) {
        return path(name) + "/aliases/" + encode(alias);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
