package dev.treadle.cli.build;

import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder with a {@code pom.xml}, and Maven to build it. */
final class MavenProject {
    private final Session session;
    private final Path top;
    private final String shown;

    MavenProject(Session session, Path top) {
        this.session = session;
        this.top = top;
        this.shown = session.environment().show(top);
    }

    Path top() {
        return top;
    }

    Path target() {
        return top.resolve("target");
    }

    Path pom() {
        return top.resolve("pom.xml");
    }

    /** What the pom says. */
    PomFile read() throws IOException {
        PomFile pom = PomFile.read(pom());
        if (!pom.packaging().equals("jar")) {
            throw Failure.failed(
                    "the packaging of %s is %s"
                            .formatted(session.environment().show(pom()), pom.packaging()),
                    "A function is one jar: deploy the module that has it.",
                    "treadle deploy %s/MODULE".formatted(shown));
        }
        return pom;
    }

    /** Runs {@code phase} and tells with which libraries the project is compiled and run. */
    List<Library> run(String phase) throws IOException {
        new LocalRepository(session).offerTreadle(read());
        Path list = Files.createTempFile("treadle", ".dependencies");
        try {
            List<String> arguments = new ArrayList<>(List.of("-Dmaven.test.skip=true", phase));
            arguments.addAll(LibraryList.arguments(list));
            new Maven(session)
                    .run(
                            "Building " + name() + " with Maven",
                            top,
                            arguments,
                            "mvn -f " + session.environment().show(pom()) + " package");
            return LibraryList.read(list);
        } finally {
            Files.deleteIfExists(list);
        }
    }

    /** Whether a change of {@code path} can change the function. */
    boolean isInput(Path path) {
        return path.equals(pom())
                || path.equals(top.resolve(Contents.MANIFEST))
                || path.startsWith(top.resolve("src/main"));
    }

    String name() {
        return String.valueOf(top.getFileName());
    }
}
