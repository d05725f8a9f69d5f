package dev.treadle.cli.build;

import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Has Maven package the project, and puts the runtime dependencies into the jar it made. */
final class MavenBuild implements Build {
    private final Session session;
    private final MavenProject project;

    MavenBuild(Session session, MavenProject project) {
        this.session = session;
        this.project = project;
    }

    @Override
    public Contents build() throws IOException {
        long start = System.nanoTime();
        List<Library> libraries = project.run("package");
        String artifact = project.read().artifact();
        Path jar = jar(artifact);
        SortedMap<String, byte[]> entries = JarReader.read(jar);
        Optional<Contents.ManifestText> manifest = manifest(entries);
        entries.remove(Contents.MANIFEST);
        entries.keySet().removeIf(name -> name.startsWith("META-INF/maven/"));
        addLibraries(libraries, entries);
        String step =
                String.format(
                        Locale.ROOT,
                        "Built %s with Maven in %.1f s",
                        session.environment().show(jar),
                        (System.nanoTime() - start) / 1e9);
        return new Contents(entries, Optional.empty(), manifest, List.of(step), List.of());
    }

    @Override
    public boolean isInput(Path path) {
        return project.isInput(path);
    }

    /** The one jar in {@code target} that is neither a side product nor a shaded jar's original. */
    private Path jar(String artifact) throws IOException {
        try (Stream<Path> files = Files.list(project.target())) {
            List<Path> jars = files.filter(MavenBuild::isMainJar).sorted().toList();
            return jars.stream()
                    .filter(
                            jar ->
                                    jars.size() == 1
                                            || String.valueOf(jar.getFileName())
                                                    .startsWith(artifact + "-"))
                    .findFirst()
                    .orElseThrow(() -> noJar(jars.size()));
        }
    }

    private static boolean isMainJar(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".jar")
                && !name.startsWith("original-")
                && Stream.of("-sources.jar", "-javadoc.jar", "-tests.jar", "-test-sources.jar")
                        .noneMatch(name::endsWith);
    }

    private Failure noJar(int found) {
        return Failure.failed(
                "Maven left %d jars in %s, and which is the function is not clear"
                        .formatted(found, session.environment().show(project.target())),
                "The function is the jar that `mvn package` makes of the project.",
                "treadle deploy target/NAME.jar");
    }

    private Optional<Contents.ManifestText> manifest(SortedMap<String, byte[]> entries)
            throws IOException {
        Path file = project.top().resolve(Contents.MANIFEST);
        if (Files.isRegularFile(file)) {
            return Optional.of(
                    new Contents.ManifestText(
                            session.environment().show(file), Files.readString(file)));
        }
        return Optional.ofNullable(entries.get(Contents.MANIFEST))
                .map(
                        bytes ->
                                new Contents.ManifestText(
                                        Contents.MANIFEST + " in the jar",
                                        new String(bytes, StandardCharsets.UTF_8)));
    }

    /** A dependency whose classes are all in the jar already was shaded into it. */
    private static void addLibraries(List<Library> libraries, SortedMap<String, byte[]> entries)
            throws IOException {
        Set<String> own = new TreeSet<>(entries.keySet());
        for (Library library : libraries) {
            if (library.isForRunning() && !isInside(JarReader.read(library.file()), own)) {
                entries.put(library.entryName(), Files.readAllBytes(library.file()));
            }
        }
    }

    private static boolean isInside(Map<String, byte[]> library, Set<String> own) {
        List<String> classes =
                library.keySet().stream()
                        .filter(
                                name ->
                                        name.endsWith(".class")
                                                && !name.startsWith("META-INF/")
                                                && !name.equals("module-info.class"))
                        .toList();
        return !classes.isEmpty() && own.containsAll(classes);
    }
}
