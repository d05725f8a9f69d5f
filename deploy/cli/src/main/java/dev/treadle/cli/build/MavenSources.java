package dev.treadle.cli.build;

import dev.treadle.cli.console.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A Maven project built again and again: Maven prepares it once, and again when the pom changes;
 * the sources are compiled in this process, against the class path that Maven named.
 */
final class MavenSources implements Build {
    private final Session session;
    private final MavenProject project;
    private final WarmCompiler compiler;
    private Optional<FileTime> preparedFor = Optional.empty();
    private List<Library> libraries = List.of();

    MavenSources(Session session, MavenProject project) {
        this.session = session;
        this.project = project;
        this.compiler = new WarmCompiler(session.environment());
    }

    @Override
    public Contents build() throws IOException {
        FileTime pom = modified(project.pom());
        if (!preparedFor.equals(Optional.of(pom))) {
            libraries = project.run("process-classes");
            preparedFor = Optional.of(pom);
        }
        List<Path> sources = sources();
        List<Path> classPath =
                libraries.stream().filter(Library::isForCompiling).map(Library::file).toList();
        CompileResult.Compiled compiled = compiler.compile(sources, classPath);
        SortedMap<String, byte[]> entries =
                JavaBuild.entries(compiled.classes(), resources(), libraries);
        return new Contents(
                entries,
                Optional.empty(),
                manifest(),
                List.of("Compiled " + JavaBuild.plural(sources.size(), "file", "files")),
                compiled.warnings());
    }

    @Override
    public boolean isInput(Path path) {
        return project.isInput(path);
    }

    @Override
    public void warmUp() {
        compiler.warmUp();
    }

    @Override
    public void close() {
        compiler.close();
    }

    /** The project's own sources, and those that plugins made of them. */
    private List<Path> sources() throws IOException {
        return Stream.concat(
                        files(project.top().resolve("src/main/java")).values().stream(),
                        files(project.target().resolve("generated-sources")).values().stream())
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    /** What Maven has put beside the classes, and over it what was saved since. */
    private Map<String, Path> resources() throws IOException {
        SortedMap<String, Path> resources = files(project.target().resolve("classes"));
        for (Map.Entry<String, Path> own :
                files(project.top().resolve("src/main/resources")).entrySet()) {
            Path copy = resources.get(own.getKey());
            if (copy == null || modified(own.getValue()).compareTo(modified(copy)) > 0) {
                resources.put(own.getKey(), own.getValue());
            }
        }
        resources.keySet().removeIf(name -> name.endsWith(".class"));
        return resources;
    }

    private static FileTime modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file);
    }

    private Optional<Contents.ManifestText> manifest() throws IOException {
        for (String place : List.of(Contents.MANIFEST, "src/main/resources/" + Contents.MANIFEST)) {
            Path file = project.top().resolve(place);
            if (Files.isRegularFile(file)) {
                return Optional.of(
                        new Contents.ManifestText(
                                session.environment().show(file), Files.readString(file)));
            }
        }
        return Optional.empty();
    }

    private static SortedMap<String, Path> files(Path root) throws IOException {
        SortedMap<String, Path> byName = new TreeMap<>();
        if (Files.isDirectory(root)) {
            try (Stream<Path> files = SourceTree.under(root)) {
                files.forEach(
                        file ->
                                byName.put(
                                        root.relativize(file).toString().replace('\\', '/'), file));
            }
        }
        return byName;
    }
}
