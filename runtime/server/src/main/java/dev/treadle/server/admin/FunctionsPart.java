package dev.treadle.server.admin;

import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.Catalog;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Registry;
import dev.treadle.registry.Release;
import dev.treadle.server.Deployments;
import dev.treadle.trigger.ErrorCode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;

/** {@code /v1/functions}: deploy, list, describe, releases, aliases, rollback, delete. */
final class FunctionsPart implements AdminServer.Part {
    private static final String FUNCTION = "/v1/functions/{name}";

    private final Registry registry;
    private final ArtifactStore artifacts;
    private final Deployments deployments;
    private final FunctionViews views;

    FunctionsPart(
            Registry registry,
            ArtifactStore artifacts,
            Deployments deployments,
            FunctionViews views) {
        this.registry = registry;
        this.artifacts = artifacts;
        this.deployments = deployments;
        this.views = views;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.get("/v1/functions", (_, response) -> json.send(response, 200, list()));
        routing.get(
                FUNCTION,
                (request, response) -> json.send(response, 200, views.detail(function(request))));
        routing.delete(
                FUNCTION,
                (request, response) -> {
                    deployments.delete(Params.function(request));
                    response.status(204).send();
                });
        routing.get(
                FUNCTION + "/releases",
                (request, response) ->
                        json.send(
                                response,
                                200,
                                new Views.ReleaseList(views.releases(function(request)))));
        routing.post(
                FUNCTION + "/releases", (request, response) -> deploy(request, response, json));
        routing.get(FUNCTION + "/releases/{number}/artifact", this::artifact);
        routing.put(
                FUNCTION + "/aliases/{alias}",
                (request, response) -> json.send(response, 200, setAlias(request, json)));
        routing.delete(
                FUNCTION + "/aliases/{alias}",
                (request, response) ->
                        json.send(
                                response,
                                200,
                                views.brief(
                                        deployments.removeAlias(
                                                Params.function(request),
                                                Params.path(request, "alias")))));
        routing.post(
                FUNCTION + "/rollback",
                (request, response) ->
                        json.send(
                                response,
                                200,
                                views.brief(
                                        deployments.rollback(
                                                Params.function(request),
                                                json.read(request, Views.Rollback.class)
                                                        .release()))));
    }

    private Views.FunctionList list() {
        Catalog catalog = registry.catalog();
        return new Views.FunctionList(catalog.functions().stream().map(views::brief).toList());
    }

    private DeployedFunction function(ServerRequest request) {
        return deployments.require(Params.function(request));
    }

    private void deploy(ServerRequest request, ServerResponse response, AdminJson json) {
        FunctionName name = Params.function(request);
        Views.Deploy wanted = json.read(request, Views.Deploy.class);
        Deployments.Result result =
                deployments.deploy(
                        name,
                        Params.required("manifest", wanted.manifest()),
                        Params.required("artifact", wanted.artifact()),
                        wanted.alias().orElse(DeployedFunction.LIVE),
                        wanted.dryRun().orElse(false));
        json.send(
                response,
                result.kind() == Deployments.Kind.DEPLOYED ? 201 : 200,
                new Views.Deployed(
                        result.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        result.release(),
                        result.function().map(views::brief),
                        result.changes(),
                        result.warnings()));
    }

    private Views.Function setAlias(ServerRequest request, AdminJson json) {
        Map<String, Integer> weights =
                Params.required("weights", json.read(request, Views.SetAlias.class).weights());
        return views.brief(
                deployments.setAlias(
                        Params.function(request),
                        Params.path(request, "alias"),
                        Splits.read(weights)));
    }

    private void artifact(ServerRequest request, ServerResponse response) {
        int number = Params.number("number", Params.path(request, "number"), 1, Integer.MAX_VALUE);
        DeployedFunction function = function(request);
        Release release = function.releases().get(number);
        if (release == null) {
            throw new ApiException(
                    ErrorCode.NO_FUNCTION,
                    "%s has no release v%d".formatted(function.name(), number));
        }
        response.header(HeaderNames.CONTENT_TYPE, "application/java-archive");
        try (OutputStream out = response.outputStream()) {
            Files.copy(artifacts.file(release.artifact()), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
