package dev.treadle.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.treadle.inference.Inference;
import dev.treadle.registry.DeployedModel;
import dev.treadle.registry.ModelDescription;
import dev.treadle.registry.ModelRelease;
import dev.treadle.registry.TensorInfo;
import dev.treadle.server.Models;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows models as the admin API's documents. */
final class ModelViews {
    private final Models models;
    private final Inference inference;

    ModelViews(Models models, Inference inference) {
        this.models = models;
        this.inference = inference;
    }

    record ModelList(List<Model> models) {}

    record Model(
            String name,
            Optional<Map<String, Integer>> live,
            Map<String, Map<String, Integer>> aliases,
            int newest,
            Instant updated) {}

    /**
     * {@code inputs}, {@code outputs} and {@code metadata} are those of the release that is shown.
     */
    record ModelDetail(
            String name,
            Optional<Map<String, Integer>> live,
            Map<String, Map<String, Integer>> aliases,
            int newest,
            Instant updated,
            int shown,
            List<Tensor> inputs,
            List<Tensor> outputs,
            Map<String, String> metadata,
            List<Release> releases,
            List<String> functions) {}

    /** A dimension of {@code shape} is a size, or the name of one that varies. */
    record Tensor(String name, String type, List<String> shape) {}

    record ReleaseList(List<Release> releases) {}

    /** {@code calls} and {@code runs} since it was loaded; absent when it is not. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Release(
            int number,
            String artifact,
            long bytes,
            Instant created,
            String state,
            List<String> aliases,
            Optional<Long> calls,
            Optional<Long> runs) {}

    record Push(Optional<String> artifact, Optional<String> alias) {}

    record Pushed(String outcome, int release, ModelDetail model) {}

    Model brief(DeployedModel model) {
        return new Model(
                model.name().value(),
                model.live().map(Splits::weights),
                Splits.aliases(model.aliases()),
                model.newest().number(),
                model.newest().created());
    }

    ModelDetail detail(DeployedModel model) {
        return detail(
                model,
                model.live().map(split -> model.release(split.newest())).orElse(model.newest()));
    }

    ModelDetail detail(DeployedModel model, ModelRelease shown) {
        ModelDescription description = shown.description();
        return new ModelDetail(
                model.name().value(),
                model.live().map(Splits::weights),
                Splits.aliases(model.aliases()),
                model.newest().number(),
                model.newest().created(),
                shown.number(),
                tensors(description.inputs()),
                tensors(description.outputs()),
                description.metadata(),
                releases(model),
                models.users(model.name()));
    }

    private static List<Tensor> tensors(List<TensorInfo> tensors) {
        return tensors.stream()
                .map(tensor -> new Tensor(tensor.name(), tensor.type(), tensor.shape()))
                .toList();
    }

    /** Newest first. */
    List<Release> releases(DeployedModel model) {
        List<Release> releases = new ArrayList<>();
        for (ModelRelease release : model.releases().reversed().values()) {
            Optional<Inference.Usage> usage = inference.usage(release);
            releases.add(
                    new Release(
                            release.number(),
                            release.artifact().hex(),
                            release.description().bytes(),
                            release.created(),
                            usage.isPresent() ? "loaded" : "unloaded",
                            Splits.namesOf(model.aliases(), release.number()),
                            usage.map(Inference.Usage::calls),
                            usage.map(Inference.Usage::runs)));
        }
        return releases;
    }
}
