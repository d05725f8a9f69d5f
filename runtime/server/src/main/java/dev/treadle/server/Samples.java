package dev.treadle.server;

import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.Digest;
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

/** Deploys the sample functions that come with the distribution. */
final class Samples {
    private static final String MANIFEST = "function.yaml";

    private final ArtifactStore artifacts;
    private final Deployments deployments;

    Samples(ArtifactStore artifacts, Deployments deployments) {
        this.artifacts = artifacts;
        this.deployments = deployments;
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
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
            for (Path jar : jars) {
                deployJar(jar);
            }
            return jars.stream()
                    .map(jar -> jar.getFileName().toString().replace(".jar", ""))
                    .toList();
        }
    }

    private void deployJar(Path jar) throws IOException {
        Digest digest = Digest.of(jar);
        if (!artifacts.has(digest)) {
            try (InputStream in = Files.newInputStream(jar)) {
                artifacts.put(digest, in);
            }
        }
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
