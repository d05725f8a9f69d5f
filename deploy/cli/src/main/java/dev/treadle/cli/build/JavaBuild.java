package dev.treadle.cli.build;

import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Progress;
import dev.treadle.cli.console.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compiles sources in this process; {@code //DEPS} lines are resolved when they change. */
final class JavaBuild implements Build {
    private final Session session;
    private final JavaLayout layout;
    private final Dependencies dependencies;
    private final WarmCompiler compiler;

    JavaBuild(Session session, JavaLayout layout) {
        this.session = session;
        this.layout = layout;
        this.dependencies = new Dependencies(session);
        this.compiler = new WarmCompiler(session.environment());
    }

    @Override
    public Contents build() throws IOException {
        JavaLayout.Found found = layout.find();
        if (found.sources().isEmpty()) {
            throw Failure.usage(
                    "folder %s has no .java file"
                            .formatted(session.environment().show(layout.path())),
                    Source.RULE,
                    Source.TRY);
        }
        List<Coordinates> wanted = DependencyLines.read(found.sources());
        List<Library> libraries = dependencies.resolve(wanted);
        List<String> steps = new ArrayList<>();
        if (!wanted.isEmpty()) {
            steps.add(
                    "Resolved %s (%s)"
                            .formatted(
                                    plural(wanted.size(), "dependency", "dependencies"),
                                    plural(libraries.size(), "jar", "jars")));
        }
        long start = System.nanoTime();
        CompileResult.Compiled compiled =
                Progress.during(
                        session.console(),
                        "Compiling " + session.environment().show(layout.path()),
                        () -> compiler.compile(found.sources(), classPath(libraries)));
        steps.add(
                "Compiled %s in %d ms"
                        .formatted(
                                found.sources().size() == 1
                                        ? session.environment().show(found.sources().getFirst())
                                        : found.sources().size() + " files",
                                (System.nanoTime() - start) / 1_000_000));
        return new Contents(
                entries(compiled.classes(), found.resources(), libraries),
                Optional.empty(),
                manifest(found.manifest()),
                steps,
                compiled.warnings());
    }

    @Override
    public boolean isInput(Path path) {
        return layout.isInput(path);
    }

    @Override
    public void warmUp() {
        compiler.warmUp();
    }

    @Override
    public void close() {
        compiler.close();
    }

    private static List<Path> classPath(List<Library> libraries) {
        return libraries.stream().filter(Library::isForCompiling).map(Library::file).toList();
    }

    /** Everything that goes into the artifact, by name. The manifest is sent on its own. */
    static SortedMap<String, byte[]> entries(
            Map<String, byte[]> classes, Map<String, Path> resources, List<Library> libraries)
            throws IOException {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        for (Map.Entry<String, Path> resource : resources.entrySet()) {
            entries.put(resource.getKey(), Files.readAllBytes(resource.getValue()));
        }
        entries.remove(Contents.MANIFEST);
        for (Library library : libraries) {
            if (library.isForRunning()) {
                entries.put(library.entryName(), Files.readAllBytes(library.file()));
            }
        }
        classes.forEach((name, bytes) -> entries.put(name.replace('.', '/') + ".class", bytes));
        return entries;
    }

    private Optional<Contents.ManifestText> manifest(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String shown = session.environment().show(file.get());
        return Optional.of(new Contents.ManifestText(shown, Files.readString(file.get())));
    }

    static String plural(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
