package dev.treadle.cli.build;

import dev.treadle.cli.console.Environment;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Session;
import dev.treadle.registry.Digest;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.inspect.ArtifactException;
import dev.treadle.registry.inspect.Inspection;
import dev.treadle.registry.inspect.JarInspector;
import dev.treadle.registry.inspect.NameInference;
import dev.treadle.registry.manifest.ManifestReader;
import dev.treadle.registry.manifest.ManifestWriter;
import dev.treadle.registry.manifest.ParsedManifest;
import dev.treadle.registry.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds a source, gives it a manifest and packs it. Builds again as often as asked; what can stay
 * warm stays warm. Not for sharing among threads.
 */
public final class Packager implements AutoCloseable {
    private final Environment environment;
    private final Source source;
    private final Overrides overrides;
    private final Build build;

    private Packager(Session session, Source source, Overrides overrides, Build build) {
        this.environment = session.environment();
        this.source = source;
        this.overrides = overrides;
        this.build = build;
    }

    /** Builds as for a release. */
    public static Packager once(Session session, Source source, Overrides overrides) {
        Build build =
                switch (source) {
                    case Source.JavaFile(Path file) ->
                            new JavaBuild(session, new JavaLayout.Single(file));
                    case Source.SourceFolder(Path top) ->
                            new JavaBuild(session, new JavaLayout.Folder(top));
                    case Source.MavenProject(Path top) ->
                            new MavenBuild(session, new MavenProject(session, top));
                    case Source.Jar(Path jar) -> new JarBuild(session, jar);
                };
        return new Packager(session, source, overrides, build);
    }

    /**
     * Builds often: a Maven project's sources are compiled in this process where that gives the
     * same.
     */
    public static Packager often(Session session, Source source, Overrides overrides)
            throws IOException {
        if (source instanceof Source.MavenProject(Path top)) {
            MavenProject project = new MavenProject(session, top);
            if (!project.read().ownProcessors()) {
                return new Packager(session, source, overrides, new MavenSources(session, project));
            }
            session.console()
                    .note(
                            "Annotation processors take part: each save is built by Maven, which takes longer.");
        }
        return once(session, source, overrides);
    }

    /**
     * Builds and packs.
     *
     * @throws CompileFailure when the sources do not compile
     * @throws Failure when something else is in the way
     */
    public FunctionPackage pack() throws IOException {
        Contents contents = build.build();
        byte[] jar = contents.packed().orElseGet(() -> JarWriter.write(contents.entries()));
        Path file = Files.createTempFile("treadle", ".jar");
        try {
            Files.write(file, jar);
            return named(contents, jar, JarInspector.inspect(file, label()));
        } catch (ArtifactException e) {
            throw unfit(e);
        } finally {
            Files.delete(file);
        }
    }

    /** Whether a change of {@code path} can change what is packed. */
    public boolean isInput(Path path) {
        return build.isInput(path);
    }

    /** Makes the next build as quick as the ones after it. */
    public void warmUp() {
        build.warmUp();
    }

    @Override
    public void close() {
        build.close();
    }

    private FunctionPackage named(Contents contents, byte[] jar, Inspection inspection) {
        List<String> inferred = new ArrayList<>();
        List<String> warnings = new ArrayList<>(contents.warnings());
        Manifest declared =
                contents.manifest()
                        .map(text -> read(text, warnings))
                        .orElseGet(() -> infer(inspection, inferred));
        Manifest manifest = overridden(declared);
        inspection.handler(manifest.entry());
        String yaml =
                contents.manifest()
                        .filter(_ -> manifest.equals(declared))
                        .map(Contents.ManifestText::yaml)
                        .orElseGet(() -> ManifestWriter.write(manifest));
        return new FunctionPackage(
                manifest, yaml, jar, Digest.of(jar), contents.steps(), inferred, warnings);
    }

    private Manifest infer(Inspection inspection, List<String> inferred) {
        String entry = overrides.entry().orElseGet(() -> inspection.onlyHandler().name());
        FunctionName name = overrides.name().orElseGet(() -> NameInference.name(entry));
        if (overrides.name().isEmpty()) {
            inferred.add("name " + name);
        }
        if (overrides.entry().isEmpty()) {
            inferred.add("entry " + entry);
        }
        inferred.add("route /" + name + " on every method");
        return NameInference.manifest(name, entry);
    }

    private Manifest overridden(Manifest declared) {
        return declared.as(
                overrides.name().orElse(declared.name()),
                overrides.entry().orElse(declared.entry()));
    }

    private Manifest read(Contents.ManifestText text, List<String> warnings) {
        return switch (ManifestReader.read(text.yaml())) {
            case ParsedManifest.Valid(Manifest manifest, List<Problem> odd) -> {
                odd.forEach(problem -> warnings.add(at(text, problem)));
                yield manifest;
            }
            case ParsedManifest.Invalid(List<Problem> errors, List<Problem> odd) ->
                    throw Failure.failed(
                                    "%s has %s"
                                            .formatted(
                                                    text.shown(),
                                                    JavaBuild.plural(
                                                            errors.size(), "error", "errors")),
                                    "A value that is wrong is never replaced by a default: mend all of them.",
                                    "treadle deploy %s --dry-run"
                                            .formatted(environment.show(source.path())))
                            .withDetails(
                                    Stream.concat(errors.stream(), odd.stream())
                                            .map(problem -> "  " + at(text, problem))
                                            .toList());
        };
    }

    private static String at(Contents.ManifestText text, Problem problem) {
        return "%s:%d: %s".formatted(text.shown(), problem.line(), problem.message());
    }

    private Failure unfit(ArtifactException e) {
        String message = String.valueOf(e.getMessage());
        String again = "treadle deploy " + environment.show(source.path());
        if (message.contains("would end the node")) {
            return Failure.failed(
                            message,
                            "A function ends its own call, never the process that it shares with others.",
                            again)
                    .causedBy(e);
        }
        boolean known =
                message.contains("several handler classes") || message.contains("; the jar has");
        return Failure.failed(
                        message,
                        "A function's entry is one public class that implements a handler's interface.",
                        known ? again + " --entry CLASS" : "treadle init hello --template http")
                .causedBy(e);
    }

    private String label() {
        return String.valueOf(source.path().getFileName());
    }
}
