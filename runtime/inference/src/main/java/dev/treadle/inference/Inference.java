package dev.treadle.inference;

import dev.treadle.Tensor;
import dev.treadle.inference.InferenceFailed.Reason;
import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.DeployedModel;
import dev.treadle.registry.Digest;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.ModelRegistry;
import dev.treadle.registry.ModelRelease;
import dev.treadle.registry.Registry.Watch;
import dev.treadle.registry.Split;
import dev.treadle.registry.Version;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs the models of a registry. A model is loaded when it is first called; from then on an alias
 * that moves is followed only when what it points at has been loaded, so that no call waits for
 * that or fails. Safe for threads.
 */
public final class Inference implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Inference.class.getName());
    private static final Duration LOADING_MAX = Duration.ofMinutes(5);

    private final ModelRegistry registry;
    private final SessionCache sessions;
    private final ExecutorService threads;
    private final Map<ModelName, DeployedModel> current = new ConcurrentHashMap<>();
    private final Watch watch;

    public Inference(InferenceConfig config, ModelRegistry registry, ArtifactStore artifacts) {
        this.registry = registry;
        this.threads =
                Executors.newFixedThreadPool(
                        config.lanes(),
                        Thread.ofPlatform().daemon().name("inference-", 0).factory());
        OnnxRuntime runtime = new OnnxRuntime(config);
        this.sessions =
                new SessionCache(
                        release ->
                                LoadedModel.load(
                                        runtime,
                                        config,
                                        release,
                                        artifacts.file(release.artifact()),
                                        threads),
                        config.memoryBytesMax());
        this.watch = registry.watch(this::changed);
        registry.models().forEach(model -> current.putIfAbsent(model.name(), model));
    }

    /**
     * The release that a call uses.
     *
     * @param key calls with the same key get the same release while the alias stays as it is
     * @throws InferenceFailed when there is no such model, or nothing of it is live
     */
    public ModelRelease live(ModelName name, String key) {
        DeployedModel model = model(name);
        Split split =
                model.live()
                        .orElseThrow(
                                () ->
                                        new InferenceFailed(
                                                Reason.UNKNOWN,
                                                "nothing of the model %s is live; point the alias live at a release: treadle model alias set %s live v%d"
                                                        .formatted(
                                                                name,
                                                                name,
                                                                model.newest().number())));
        return model.release(split.pick(key));
    }

    /**
     * A certain release.
     *
     * @throws InferenceFailed when it is not there
     */
    public ModelRelease release(ModelName name, int number) {
        DeployedModel model = model(name);
        return Optional.ofNullable(model.releases().get(number))
                .orElseThrow(
                        () ->
                                new InferenceFailed(
                                        Reason.UNKNOWN,
                                        "the model %s has no release v%d; the newest is %s"
                                                .formatted(name, number, model.newest().label())));
    }

    private DeployedModel model(ModelName name) {
        return Optional.ofNullable(current.get(name))
                .orElseThrow(
                        () ->
                                new InferenceFailed(
                                        Reason.UNKNOWN,
                                        "there is no model '%s'; push it: treadle model push %s FILE.onnx"
                                                .formatted(name, name)));
    }

    /**
     * Runs a release.
     *
     * @param batchMax how many rows it may be run with together with other calls; 0 for the usual
     * @param patience how long this may take, loading included
     * @throws dev.treadle.TensorMismatch when an input is not as the model wants it
     * @throws InferenceFailed when it could not be run
     */
    public Map<String, Tensor> run(
            ModelRelease release, Map<String, Tensor> inputs, int batchMax, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try (SessionCache.Lease lease = sessions.lease(release, patience)) {
            return lease.model()
                    .run(inputs, batchMax, Duration.ofNanos(deadline - System.nanoTime()));
        }
    }

    /** Loads a release, so that the next call need not. */
    public void load(ModelRelease release) {
        sessions.lease(release, LOADING_MAX).close();
    }

    /** What a release has done since it was loaded; empty when it is not. */
    public Optional<Usage> usage(ModelRelease release) {
        return sessions.counts(release.artifact())
                .map(counts -> new Usage(counts.calls(), counts.runs()));
    }

    /**
     * What a loaded release has done.
     *
     * @param calls how many there were
     * @param runs in how many runs they were answered
     */
    public record Usage(long calls, long runs) {}

    /** A model has changed: the old state serves until the new one is warm. */
    private void changed(ModelName name) {
        Optional<DeployedModel> next = registry.model(name);
        next.ifPresent(model -> warm(Optional.ofNullable(current.get(name)), model));
        next.ifPresentOrElse(model -> current.put(name, model), () -> current.remove(name));
        Set<Digest> wanted = new HashSet<>();
        for (DeployedModel model : current.values()) {
            for (Split split : model.aliases().values()) {
                split.weights().keySet().stream()
                        .map(model::release)
                        .map(Version::artifact)
                        .forEach(wanted::add);
            }
        }
        sessions.keepOnly(wanted);
    }

    private void warm(Optional<DeployedModel> before, DeployedModel next) {
        boolean isWarm =
                before.stream()
                        .flatMap(model -> model.releases().values().stream())
                        .anyMatch(release -> usage(release).isPresent());
        if (!isWarm || next.live().isEmpty()) {
            return;
        }
        for (int number : next.live().get().weights().keySet()) {
            try {
                load(next.release(number));
            } catch (InferenceFailed e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "{0}@v{1} is live now, but cannot be loaded: {2}",
                        next.name(),
                        number,
                        e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        watch.close();
        sessions.close();
        threads.shutdown();
    }
}
