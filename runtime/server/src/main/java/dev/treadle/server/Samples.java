package dev.treadle.server;

import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.DeployedModel;
import dev.treadle.registry.Digest;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.manifest.ManifestReader;
import dev.treadle.registry.manifest.ParsedManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Deploys the sample functions that come with the distribution, and pushes their models. */
final class Samples {
    private static final String MANIFEST = "function.yaml";

    private final ArtifactStore artifacts;
    private final Deployments deployments;
    private final Models models;

    Samples(ArtifactStore artifacts, Deployments deployments, Models models) {
        this.artifacts = artifacts;
        this.deployments = deployments;
        this.models = models;
    }

    /**
     * Deploys every jar of the folder; what is deployed already stays as it is.
     *
     * @return the functions' names
     */
    List<String> deploy(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    "the samples are not at %s; start the node with its treadle script"
                            .formatted(folder));
        }
        for (Path model : files(folder, ".onnx")) {
            models.push(new ModelName(name(model, ".onnx")), upload(model), DeployedModel.LIVE);
        }
        List<Path> jars = files(folder, ".jar");
        for (Path jar : jars) {
            deployJar(jar);
        }
        return jars.stream().map(jar -> name(jar, ".jar")).toList();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static String name(Path file, String ending) {
        return file.getFileName().toString().replace(ending, "");
    }

    private Digest upload(Path file) throws IOException {
        Digest digest = Digest.of(file);
        if (!artifacts.has(digest)) {
            try (InputStream in = Files.newInputStream(file)) {
                artifacts.put(digest, in);
            }
        }
        return digest;
    }

    private void deployJar(Path jar) throws IOException {
        Digest digest = upload(jar);
        String yaml = manifest(jar);
        switch (ManifestReader.read(yaml)) {
            case ParsedManifest.Valid valid ->
                    deployments.deploy(
                            valid.manifest().name(),
                            yaml,
                            digest.hex(),
                            DeployedFunction.LIVE,
                            false);
            case ParsedManifest.Invalid invalid ->
                    throw new IOException(
                            "%s in the sample %s: %s".formatted(MANIFEST, jar, invalid.errors()));
        }
    }

    private static String manifest(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(MANIFEST);
            if (entry == null) {
                throw new IOException("the sample %s has no %s".formatted(jar, MANIFEST));
            }
            return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
