package dev.treadle.server.admin;

import dev.treadle.registry.DeployedModel;
import dev.treadle.registry.Digest;
import dev.treadle.registry.ModelName;
import dev.treadle.server.Models;
import dev.treadle.trigger.ErrorCode;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** {@code /v1/models}: push, list, describe, releases, aliases, rollback, delete. */
final class ModelsPart implements AdminServer.Part {
    private static final String MODEL = "/v1/models/{name}";

    private final Models models;
    private final ModelViews views;

    ModelsPart(Models models, ModelViews views) {
        this.models = models;
        this.views = views;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.get(
                "/v1/models",
                (_, response) ->
                        json.send(
                                response,
                                200,
                                new ModelViews.ModelList(
                                        models.all().stream().map(views::brief).toList())));
        routing.get(
                MODEL,
                (request, response) -> json.send(response, 200, views.detail(model(request))));
        routing.delete(
                MODEL,
                (request, response) -> {
                    models.delete(name(request));
                    response.status(204).send();
                });
        routing.get(
                MODEL + "/releases",
                (request, response) ->
                        json.send(
                                response,
                                200,
                                new ModelViews.ReleaseList(views.releases(model(request)))));
        routing.post(MODEL + "/releases", (request, response) -> push(request, response, json));
        routing.put(
                MODEL + "/aliases/{alias}",
                (request, response) ->
                        json.send(response, 200, views.brief(setAlias(request, json))));
        routing.delete(
                MODEL + "/aliases/{alias}",
                (request, response) ->
                        json.send(
                                response,
                                200,
                                views.brief(
                                        models.removeAlias(
                                                name(request), Params.path(request, "alias")))));
        routing.post(
                MODEL + "/rollback",
                (request, response) ->
                        json.send(
                                response,
                                200,
                                views.brief(
                                        models.rollback(
                                                name(request),
                                                json.read(request, Views.Rollback.class)
                                                        .release()))));
    }

    private void push(ServerRequest request, ServerResponse response, AdminJson json) {
        ModelName name = legal(request);
        ModelViews.Push wanted = json.read(request, ModelViews.Push.class);
        Models.Pushed pushed =
                models.push(
                        name,
                        digest(Params.required("artifact", wanted.artifact())),
                        wanted.alias().orElse(DeployedModel.LIVE));
        json.send(
                response,
                pushed.isNew() ? 201 : 200,
                new ModelViews.Pushed(
                        pushed.isNew() ? "pushed" : "unchanged",
                        pushed.release().number(),
                        views.detail(pushed.model(), pushed.release())));
    }

    private DeployedModel setAlias(ServerRequest request, AdminJson json) {
        Views.SetAlias wanted = json.read(request, Views.SetAlias.class);
        return models.setAlias(
                name(request),
                Params.path(request, "alias"),
                Splits.read(Params.required("weights", wanted.weights())));
    }

    private static Digest digest(String text) {
        try {
            return new Digest(text);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.MODEL_INVALID, String.valueOf(e.getMessage()));
        }
    }

    private DeployedModel model(ServerRequest request) {
        return models.require(name(request));
    }

    /** The name of a model that should be there. */
    private static ModelName name(ServerRequest request) {
        String name = Params.path(request, "name");
        if (!ModelName.isLegal(name)) {
            throw new ApiException(ErrorCode.NO_MODEL, "there is no model '%s'".formatted(name));
        }
        return new ModelName(name);
    }

    /** The name of a model that may not be there yet. */
    private static ModelName legal(ServerRequest request) {
        try {
            return new ModelName(Params.path(request, "name"));
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.MODEL_INVALID, String.valueOf(e.getMessage()));
        }
    }
}
