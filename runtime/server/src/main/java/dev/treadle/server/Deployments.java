package dev.treadle.server;

import dev.treadle.engine.Engine;
import dev.treadle.engine.LoadFailure;
import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.BindingSpec;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.Digest;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Registry;
import dev.treadle.registry.Release;
import dev.treadle.registry.Split;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.registry.inspect.ArtifactException;
import dev.treadle.registry.inspect.HandlerClass;
import dev.treadle.registry.inspect.JarInspector;
import dev.treadle.registry.manifest.ManifestDiff;
import dev.treadle.registry.manifest.ManifestReader;
import dev.treadle.registry.manifest.ParsedManifest;
import dev.treadle.registry.manifest.Problem;
import dev.treadle.server.admin.ApiException;
import dev.treadle.server.admin.ProblemView;
import dev.treadle.trigger.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Deploys: checks all there is to check, starts the release, and only then lets it go live. */
public final class Deployments {
    private final Registry registry;
    private final KnownModels models;
    private final ArtifactStore artifacts;
    private final Engine engine;
    private final RouteOwners owners;
    private final ServedTriggers served;
    private final TableDeploys tables;

    Deployments(
            Registry registry,
            KnownModels models,
            ArtifactStore artifacts,
            Engine engine,
            RouteOwners owners,
            ServedTriggers served,
            TableDeploys tables) {
        this.registry = registry;
        this.models = models;
        this.artifacts = artifacts;
        this.engine = engine;
        this.owners = owners;
        this.served = served;
        this.tables = tables;
    }

    /** How a deploy ended. */
    public enum Kind {
        DEPLOYED,
        UNCHANGED,
        DRY_RUN
    }

    /** What a deploy did, or would do. */
    public record Result(
            Kind kind,
            OptionalInt release,
            Optional<DeployedFunction> function,
            List<String> changes,
            List<ProblemView> warnings) {}

    /** Deploys what has been uploaded. */
    public Result deploy(
            FunctionName name, String yaml, String artifact, String alias, boolean dryRun) {
        ParsedManifest.Valid parsed = parse(yaml);
        Manifest manifest = parsed.manifest();
        if (!manifest.name().equals(name)) {
            throw new ApiException(
                    ErrorCode.MANIFEST_INVALID,
                    "the manifest is for '%s', but the path says '%s'"
                            .formatted(manifest.name(), name));
        }
        served.check(manifest);
        Digest digest = digest(artifact);
        inspect(manifest, digest);
        Optional<DeployedFunction> before = registry.catalog().function(name);
        Optional<Release> current = current(before, alias);
        List<String> changes = changes(current, manifest, digest);
        List<ProblemView> warnings = new ArrayList<>(views(parsed.warnings()));
        warnings.addAll(absentCalls(manifest));
        warnings.addAll(absentModels(manifest));
        idleRequires(manifest).ifPresent(warnings::add);
        warnings.addAll(tables.require(manifest, dryRun));
        if (dryRun) {
            owners.claim(FunctionRoutes.declared(manifest)).close();
            return new Result(Kind.DRY_RUN, OptionalInt.empty(), before, changes, warnings);
        }
        if (current.isPresent() && changes.isEmpty()) {
            return new Result(
                    Kind.UNCHANGED,
                    OptionalInt.of(current.get().number()),
                    before,
                    changes,
                    warnings);
        }
        try (RouteOwners.Claim _ = owners.claim(FunctionRoutes.declared(manifest))) {
            Release made = commit(manifest, digest, alias);
            return new Result(
                    Kind.DEPLOYED,
                    OptionalInt.of(made.number()),
                    registry.catalog().function(name),
                    changes,
                    warnings);
        }
    }

    /** Points {@code live} back to where it was, or at a certain release. */
    public DeployedFunction rollback(FunctionName name, OptionalInt to) {
        return setAlias(name, DeployedFunction.LIVE, Rollback.of(require(name), to));
    }

    /** Points an alias at releases. */
    public DeployedFunction setAlias(FunctionName name, String alias, Split split) {
        return registry.setAlias(name, alias, split);
    }

    public DeployedFunction removeAlias(FunctionName name, String alias) {
        return registry.removeAlias(name, alias);
    }

    public void delete(FunctionName name) {
        registry.delete(name);
    }

    public boolean exists(FunctionName name) {
        return registry.catalog().function(name).isPresent();
    }

    /** The function, or a 404. */
    public DeployedFunction require(FunctionName name) {
        return registry.catalog()
                .function(name)
                .orElseThrow(
                        () ->
                                new ApiException(
                                        ErrorCode.NO_FUNCTION,
                                        "there is no function '%s'".formatted(name)));
    }

    /** What has been started for a release that then cannot be committed does not stay. */
    private Release commit(Manifest manifest, Digest digest, String alias) {
        List<Release> started = new ArrayList<>();
        try {
            return registry.deploy(
                    manifest,
                    digest,
                    alias,
                    release -> {
                        prepare(release);
                        started.add(release);
                    });
        } catch (RuntimeException e) {
            started.forEach(engine.functions()::discard);
            throw e;
        }
    }

    private void prepare(Release release) {
        try {
            engine.functions().prepare(release);
        } catch (LoadFailure e) {
            throw new ApiException(e.code(), 422, String.valueOf(e.getMessage()), List.of());
        }
    }

    /** The functions that it calls may come later; until then the calls fail. */
    private List<ProblemView> absentCalls(Manifest manifest) {
        return manifest.calls().stream()
                .filter(called -> !called.equals(manifest.name().value()))
                .filter(called -> !exists(new FunctionName(called)))
                .map(
                        called ->
                                warning(
                                        "calls",
                                        Optional.of(called),
                                        "there is no function '%s' yet; calls of it fail until it is deployed"
                                                .formatted(called)))
                .toList();
    }

    /** The models that it binds may come later; until then runs of them fail. */
    private List<ProblemView> absentModels(Manifest manifest) {
        List<ProblemView> warnings = new ArrayList<>();
        manifest.bindings()
                .forEach(
                        (name, spec) -> {
                            if (spec instanceof BindingSpec.Model model
                                    && models.isMissing(model.model())) {
                                warnings.add(
                                        warning(
                                                "bindings." + name,
                                                Optional.of(model.model()),
                                                "there is no model '%s' yet; it fails until one is pushed"
                                                        .formatted(model.model())));
                            }
                        });
        return warnings;
    }

    /** Only events wait for what is down. */
    private static Optional<ProblemView> idleRequires(Manifest manifest) {
        boolean isIdle =
                !manifest.requires().isEmpty()
                        && manifest.triggers().stream()
                                .noneMatch(TriggerSpec.Nats.class::isInstance);
        return isIdle
                ? Optional.of(
                        warning(
                                "requires",
                                Optional.empty(),
                                "it pauses nothing, since only `nats` triggers wait and there is none; what is down only shows in `describe` and the metrics"))
                : Optional.empty();
    }

    private static ProblemView warning(String path, Optional<String> found, String message) {
        return new ProblemView(
                path, OptionalInt.empty(), Optional.empty(), found, path + ": " + message);
    }

    private static ParsedManifest.Valid parse(String yaml) {
        return switch (ManifestReader.read(yaml)) {
            case ParsedManifest.Valid valid -> valid;
            case ParsedManifest.Invalid invalid ->
                    throw new ApiException(
                            ErrorCode.MANIFEST_INVALID,
                            ErrorCode.MANIFEST_INVALID.status(),
                            "function.yaml has %d error%s"
                                    .formatted(
                                            invalid.errors().size(),
                                            invalid.errors().size() == 1 ? "" : "s"),
                            views(invalid.errors()));
        };
    }

    private static List<ProblemView> views(List<Problem> problems) {
        return problems.stream()
                .map(
                        problem ->
                                new ProblemView(
                                        problem.path(),
                                        OptionalInt.of(problem.line()),
                                        Optional.of(problem.expected()),
                                        Optional.of(problem.found()),
                                        problem.message()))
                .toList();
    }

    /** Looks for the handler class without loading anything. */
    private void inspect(Manifest manifest, Digest digest) {
        if (!artifacts.has(digest)) {
            throw new ApiException(
                    ErrorCode.ARTIFACT_INVALID,
                    "the node does not have the artifact %s; upload it with PUT /v1/artifacts/%s first"
                            .formatted(digest.brief(), digest.hex()));
        }
        try {
            HandlerClass handler =
                    JarInspector.inspect(artifacts.file(digest), manifest.name() + ".jar")
                            .handler(manifest.entry());
            served.check(manifest, handler);
        } catch (ArtifactException e) {
            throw new ApiException(ErrorCode.ARTIFACT_INVALID, String.valueOf(e.getMessage()));
        }
    }

    private static Digest digest(String text) {
        try {
            return new Digest(text);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.ARTIFACT_INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** The release that an alias points at, when it is one alone. */
    private static Optional<Release> current(Optional<DeployedFunction> before, String alias) {
        return before.flatMap(
                function ->
                        Optional.ofNullable(function.aliases().get(alias))
                                .filter(split -> split.weights().size() == 1)
                                .map(split -> function.releases().get(split.newest())));
    }

    private static List<String> changes(
            Optional<Release> current, Manifest manifest, Digest digest) {
        if (current.isEmpty()) {
            return List.of("new");
        }
        List<String> changes =
                new ArrayList<>(ManifestDiff.between(current.get().manifest(), manifest));
        if (!current.get().artifact().equals(digest)) {
            changes.add(
                    "artifact: %s -> %s"
                            .formatted(current.get().artifact().brief(), digest.brief()));
        }
        return changes;
    }
}
