package dev.treadle.cli.build;

import dev.treadle.cli.console.Session;
import dev.treadle.registry.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Resolves {@code //DEPS} lines by running Maven on a project made for them. What was resolved once
 * is remembered in the user's home, as long as the files are there and no version is a snapshot.
 */
final class Dependencies {
    private final Session session;
    private List<Coordinates> known = List.of();
    private List<Library> libraries = List.of();

    Dependencies(Session session) {
        this.session = session;
    }

    List<Library> resolve(List<Coordinates> wanted) throws IOException {
        if (!wanted.equals(known)) {
            libraries = lookUp(wanted);
            known = wanted;
        }
        return libraries;
    }

    private List<Library> lookUp(List<Coordinates> wanted) throws IOException {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Path memory = memory(wanted);
        if (Files.isRegularFile(memory) && wanted.stream().noneMatch(Dependencies::moves)) {
            List<Library> remembered = LibraryList.read(memory);
            if (!remembered.isEmpty()
                    && remembered.stream().allMatch(l -> Files.isReadable(l.file()))) {
                return remembered;
            }
        }
        return ask(wanted, memory);
    }

    private List<Library> ask(List<Coordinates> wanted, Path memory) throws IOException {
        Path project = Files.createTempDirectory("treadle-deps");
        try {
            Path list = project.resolve("dependencies");
            Files.writeString(project.resolve("pom.xml"), pom(wanted));
            new Maven(session)
                    .run(
                            "Resolving "
                                    + String.join(
                                            ", ",
                                            wanted.stream().map(Coordinates::toString).toList()),
                            project,
                            LibraryList.arguments(list),
                            "mvn dependency:get -Dartifact=" + wanted.getFirst());
            Files.createDirectories(memory.getParent());
            Files.move(list, memory, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(project.resolve("pom.xml"));
            Files.deleteIfExists(project.resolve("dependencies"));
            Files.deleteIfExists(project);
        }
        return LibraryList.read(memory);
    }

    private Path memory(List<Coordinates> wanted) {
        String key = Digest.of(wanted.toString().getBytes(StandardCharsets.UTF_8)).brief();
        return session.environment().home().resolve(".treadle/cache/dependencies").resolve(key);
    }

    private static boolean moves(Coordinates one) {
        return one.version().endsWith("-SNAPSHOT")
                || one.version().equals("LATEST")
                || one.version().equals("RELEASE");
    }

    private static String pom(List<Coordinates> wanted) {
        StringBuilder pom = new StringBuilder();
        pom.append("<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n")
                .append("<modelVersion>4.0.0</modelVersion>\n")
                .append("<groupId>dev.treadle.resolve</groupId>\n")
                .append("<artifactId>resolve</artifactId>\n<version>1</version>\n<dependencies>\n");
        wanted.forEach(one -> pom.append(dependency(one)));
        return pom.append("</dependencies>\n</project>\n").toString();
    }

    private static String dependency(Coordinates one) {
        String classifier =
                one.classifier().map(c -> "<classifier>" + c + "</classifier>").orElse("");
        return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>%s</dependency>\n"
                .formatted(one.group(), one.artifact(), one.version(), classifier);
    }
}
