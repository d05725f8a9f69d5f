package dev.treadle.server;

import dev.treadle.inference.InferenceFailed;
import dev.treadle.inference.ModelInspector;
import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.BindingSpec;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.DeployedModel;
import dev.treadle.registry.Digest;
import dev.treadle.registry.ModelDescription;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.ModelRegistry;
import dev.treadle.registry.ModelRelease;
import dev.treadle.registry.Registry;
import dev.treadle.registry.RegistryException;
import dev.treadle.registry.Split;
import dev.treadle.server.admin.ApiException;
import dev.treadle.trigger.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes models in: loads each to see that it can be run, and only then lets it go live. */
public final class Models {
    private final ModelRegistry registry;
    private final ArtifactStore artifacts;
    private final ModelInspector inspector;
    private final Registry functions;

    Models(
            ModelRegistry registry,
            ArtifactStore artifacts,
            ModelInspector inspector,
            Registry functions) {
        this.registry = registry;
        this.artifacts = artifacts;
        this.inspector = inspector;
        this.functions = functions;
    }

    /**
     * What a push did.
     *
     * @param isNew whether there is a new release; otherwise the alias pointed at this file already
     */
    public record Pushed(DeployedModel model, ModelRelease release, boolean isNew) {}

    /** Makes a release of what has been uploaded. */
    public Pushed push(ModelName name, Digest artifact, String alias) {
        Optional<ModelRelease> current =
                registry.model(name)
                        .flatMap(model -> alone(model, alias))
                        .filter(release -> release.artifact().equals(artifact));
        ModelRelease release =
                current.orElseGet(
                        () -> registry.push(name, artifact, inspect(name, artifact), alias));
        return new Pushed(require(name), release, current.isEmpty());
    }

    /** The release that an alias points at, when it is one alone. */
    private static Optional<ModelRelease> alone(DeployedModel model, String alias) {
        return Optional.ofNullable(model.aliases().get(alias))
                .filter(split -> split.weights().size() == 1)
                .map(split -> model.release(split.newest()));
    }

    private ModelDescription inspect(ModelName name, Digest artifact) {
        try {
            return inspector.inspect(artifacts.file(artifact));
        } catch (InferenceFailed e) {
            throw new ApiException(
                    ErrorCode.MODEL_INVALID, "the model %s: %s".formatted(name, e.getMessage()));
        } catch (RegistryException e) {
            throw new ApiException(
                    ErrorCode.MODEL_INVALID,
                    "the node does not have the file %s; upload it with PUT /v1/artifacts/%s first"
                            .formatted(artifact.brief(), artifact.hex()));
        }
    }

    /** Points {@code live} back to where it was, or at a certain release. */
    public DeployedModel rollback(ModelName name, OptionalInt to) {
        return setAlias(name, DeployedModel.LIVE, Rollback.of(require(name), to));
    }

    /** Points an alias at releases. */
    public DeployedModel setAlias(ModelName name, String alias, Split split) {
        require(name);
        try {
            return registry.setAlias(name, alias, split);
        } catch (RegistryException e) {
            throw renamed(e);
        }
    }

    public DeployedModel removeAlias(ModelName name, String alias) {
        require(name);
        try {
            return registry.removeAlias(name, alias);
        } catch (RegistryException e) {
            throw renamed(e);
        }
    }

    /** What is missing is the model's here, not a function's. */
    private static RuntimeException renamed(RegistryException e) {
        return switch (e.reason()) {
            case UNKNOWN_RELEASE, UNKNOWN_ALIAS ->
                    new ApiException(ErrorCode.NO_MODEL, String.valueOf(e.getMessage()));
            case UNKNOWN_FUNCTION,
                    UNKNOWN_MODEL,
                    UNKNOWN_ARTIFACT,
                    ILLEGAL_ALIAS,
                    DIGEST_MISMATCH,
                    IN_USE ->
                    e;
        };
    }

    /** Removes a model that no live function binds. */
    public void delete(ModelName name) {
        require(name);
        List<String> users = users(name);
        if (!users.isEmpty()) {
            throw new ApiException(
                    ErrorCode.IN_USE,
                    "the model %s is bound by %s; deploy without it, or delete %s first"
                            .formatted(
                                    name,
                                    String.join(", ", users),
                                    users.size() == 1 ? "that function" : "those functions"));
        }
        registry.delete(name);
    }

    /** The functions of which a release that an alias points at binds the model. */
    public List<String> users(ModelName name) {
        return functions.catalog().functions().stream()
                .filter(function -> binds(function, name))
                .map(function -> function.name().value())
                .toList();
    }

    private static boolean binds(DeployedFunction function, ModelName name) {
        return function.aliases().values().stream()
                .flatMap(split -> split.weights().keySet().stream())
                .map(function::release)
                .flatMap(release -> release.manifest().bindings().values().stream())
                .anyMatch(
                        spec ->
                                spec instanceof BindingSpec.Model model
                                        && model.model().equals(name.value()));
    }

    public Collection<DeployedModel> all() {
        return registry.models();
    }

    /** The model, or a 404. */
    public DeployedModel require(ModelName name) {
        return registry.model(name)
                .orElseThrow(
                        () ->
                                new ApiException(
                                        ErrorCode.NO_MODEL,
                                        "there is no model '%s'".formatted(name)));
    }
}
