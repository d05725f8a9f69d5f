package dev.treadle.cli.admin;

import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.ExitCode;
import dev.treadle.cli.console.Failure;
import dev.treadle.registry.Split;
import dev.treadle.registry.manifest.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The admin API's operations on releases and aliases, which are the same for functions and for
 * models. Safe for threads.
 */
public final class VersionedApi {
    private final AdminClient client;
    private final Kind kind;

    VersionedApi(AdminClient client, Kind kind) {
        this.client = client;
        this.kind = kind;
    }

    /** What stands before the verbs for one of them: {@code treadle model}. */
    public String command() {
        return kind.command();
    }

    /** All of them, in a list that has the name of their path. */
    public JsonNode all() {
        return client.expect(Request.get(path())).json();
    }

    public JsonNode one(String name) {
        return named(name, Request.get(path(name))).json();
    }

    public JsonNode releases(String name) {
        return named(name, Request.get(path(name) + "/releases")).json();
    }

    public JsonNode setAlias(String name, String alias, Split split) {
        ObjectNode body = Documents.object();
        ObjectNode shares = body.putObject("weights");
        split.weights().forEach((release, weight) -> shares.put(String.valueOf(release), weight));
        Request request = Request.of("PUT", alias(name, alias)).json(body);
        return named(name, request.patience(kind.patience())).json();
    }

    public JsonNode removeAlias(String name, String alias) {
        return named(name, Request.of("DELETE", alias(name, alias))).json();
    }

    public JsonNode rollback(String name, OptionalInt release) {
        ObjectNode body = Documents.object();
        release.ifPresent(number -> body.put("release", number));
        Request request = Request.of("POST", path(name) + "/rollback").json(body);
        return named(name, request.patience(kind.patience())).json();
    }

    public void delete(String name) {
        named(name, Request.of("DELETE", path(name)));
    }

    /** The answer to a request about one of them. */
    Reply named(String name, Request request) {
        try {
            return client.expect(request);
        } catch (Failure failure) {
            throw explained(name, failure);
        }
    }

    /**
     * A failure with the name and the kind in its advice; when there is none of that name, with the
     * next best.
     */
    Failure explained(String name, Failure failure) {
        List<String> tries =
                failure.tries().stream()
                        .map(line -> line.replace("treadle alias", command() + " alias"))
                        .map(line -> line.replace("NAME", name))
                        .toList();
        if (failure.exitCode() != ExitCode.NOT_FOUND) {
            return failure.withTries(tries);
        }
        List<String> names =
                all().path(kind.word() + "s")
                        .valueStream()
                        .map(each -> each.path("name").asString(""))
                        .toList();
        return names.contains(name)
                ? failure.withTries(
                        List.of(
                                "%s releases %s".formatted(command(), name),
                                "%s alias list %s".formatted(command(), name)))
                : missing(name, names);
    }

    private Failure missing(String name, List<String> names) {
        Optional<String> meant = DidYouMean.nearest(name, names);
        List<String> tries = new ArrayList<>(List.of(command() + " list"));
        meant.ifPresent(other -> tries.add("%s describe %s".formatted(command(), other)));
        String cause =
                "there is no %s '%s'%s"
                        .formatted(
                                kind.word(),
                                name,
                                meant.map("; did you mean '%s'?"::formatted).orElse(""));
        return Failure.notFound(cause, names.isEmpty() ? kind.none() : kind.naming())
                .withTries(tries);
    }

    private String path() {
        return "/v1/%ss".formatted(kind.word());
    }

    String path(String name) {
        return path() + "/" + Request.encoded(name);
    }

    private String alias(String name, String alias) {
        return path(name) + "/aliases/" + Request.encoded(alias);
    }
}
