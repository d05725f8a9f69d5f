package dev.treadle.registry.files;

import static dev.treadle.registry.DeployedFunction.LIVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.DeployedModel;
import dev.treadle.registry.Digest;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.ModelRelease;
import dev.treadle.registry.Registry.Check;
import dev.treadle.registry.Release;
import dev.treadle.registry.Version;
import dev.treadle.registry.contract.Manifests;
import dev.treadle.registry.contract.ModelRegistryContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens stores that keep two releases and no unused artifact, and looks at what a crash left. */
final class CrashScene {
    static final FunctionName HELLO = new FunctionName("hello");
    static final ModelName DIGITS = new ModelName("digits");

    private static final int KEPT = 2;
    // Later than any file, so that an open finds every unused artifact old enough to go.
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2099-01-01T00:00:00Z"));

    private CrashScene() {}

    static FileStore open(Path folder, Disk disk) {
        return FileStore.open(folder, CLOCK, KEPT, Duration.ZERO, disk);
    }

    /** Uploads and deploys; the artifact's bytes tell the deploy's number. */
    static Release deploy(FileStore store, FunctionName name, int count) {
        byte[] jar = jar(name, count);
        store.artifacts().put(Digest.of(jar), new ByteArrayInputStream(jar));
        return store.registry()
                .deploy(Manifests.full(name.value()), Digest.of(jar), LIVE, Check.NONE);
    }

    static byte[] jar(FunctionName name, int count) {
        return (name + " " + count + " ").repeat(1000).getBytes(UTF_8);
    }

    /** Uploads and pushes; the artifact's bytes tell the push's number. */
    static ModelRelease push(FileStore store, int count) {
        byte[] onnx = ("model " + count + " ").repeat(1000).getBytes(UTF_8);
        store.artifacts().put(Digest.of(onnx), new ByteArrayInputStream(onnx));
        return store.models()
                .push(DIGITS, Digest.of(onnx), ModelRegistryContract.DESCRIPTION, LIVE);
    }

    /** What an open store has. */
    record Found(Optional<DeployedFunction> hello, Optional<DeployedModel> digits) {}

    /** The state of {@code hello} and {@code digits}, after checking that they are whole. */
    static Found check(FileStore store) throws IOException {
        List<Version> all = new ArrayList<>();
        store.registry().catalog().functions().forEach(f -> all.addAll(f.releases().values()));
        store.models().models().forEach(model -> all.addAll(model.releases().values()));
        for (Version version : all) {
            Path file = store.artifacts().file(version.artifact());
            assertThat(Digest.of(file)).isEqualTo(version.artifact());
        }
        return found(store);
    }

    static Found found(FileStore store) {
        return new Found(store.registry().catalog().function(HELLO), store.models().model(DIGITS));
    }

    /** The files of all functions but the lock. */
    static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.equals("lock"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(target)) {
                    Files.copy(file, target);
                }
            }
        }
    }
}
