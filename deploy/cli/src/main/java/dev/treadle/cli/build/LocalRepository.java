package dev.treadle.cli.build;

import dev.treadle.cli.console.Environment;
import dev.treadle.cli.console.Session;
import dev.treadle.registry.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Puts the two jars that function projects are written against into the user's local Maven
 * repository, from the distribution: they are then found without any network.
 */
public final class LocalRepository {
    private static final List<String> JARS = List.of("treadle-api", "treadle-testing");
    private static final Pattern SETTING =
            Pattern.compile("<localRepository>([^<]+)</localRepository>");
    private static final Pattern OPTION = Pattern.compile("-Dmaven\\.repo\\.local=(\\S+)");

    private final Session session;

    public LocalRepository(Session session) {
        this.session = session;
    }

    /** Installs what is missing or differs, when {@code pom} needs it. */
    void offerTreadle(PomFile pom) throws IOException {
        if (pom.usesTreadle()) {
            offerTreadle();
        }
    }

    /** Installs what is missing or differs. Without Maven it says what to install, and goes on. */
    public void offerTreadle() throws IOException {
        List<Path> wanting = new ArrayList<>();
        for (Path jar : distributed()) {
            if (!isThere(jar)) {
                wanting.add(jar);
            }
        }
        if (wanting.isEmpty()) {
            return;
        }
        if (Maven.find(session.environment()).isEmpty()) {
            session.console()
                    .warn(
                            "mvn is not on PATH; install Maven 3.8 or newer to build and test the project.");
            return;
        }
        for (Path jar : wanting) {
            install(jar);
        }
        session.console()
                .note(
                        "Installed %s in the local Maven repository."
                                .formatted(
                                        String.join(
                                                " and ",
                                                wanting.stream().map(Contents::stem).toList())));
    }

    private List<Path> distributed() throws IOException {
        Optional<Path> lib = session.environment().treadleHome().map(home -> home.resolve("lib"));
        if (lib.isEmpty() || !Files.isDirectory(lib.get())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lib.get())) {
            return files.filter(
                            file ->
                                    JARS.stream()
                                            .anyMatch(
                                                    name ->
                                                            String.valueOf(file.getFileName())
                                                                    .matches(
                                                                            name
                                                                                    + "-[0-9].*\\.jar")))
                    .sorted()
                    .toList();
        }
    }

    private boolean isThere(Path jar) throws IOException {
        Path folder =
                folder(session.environment())
                        .resolve("dev/treadle")
                        .resolve(artifact(jar))
                        .resolve(version(jar));
        Path installed = folder.resolve(jar.getFileName());
        Path pom = folder.resolve(Contents.stem(jar) + ".pom");
        return Files.isRegularFile(installed)
                && Files.size(installed) == Files.size(jar)
                && Digest.of(installed).equals(Digest.of(jar))
                && Files.isRegularFile(pom)
                && Files.readString(pom).equals(FlatPom.of(jar));
    }

    private void install(Path jar) throws IOException {
        Path pom = Files.createTempFile("treadle", ".pom");
        try {
            Files.writeString(pom, FlatPom.of(jar));
            new Maven(session)
                    .run(
                            "Installing " + Contents.stem(jar) + " in the local Maven repository",
                            session.environment().home(),
                            List.of(Maven.INSTALL_FILE, "-Dfile=" + jar, "-DpomFile=" + pom),
                            "mvn install:install-file -Dfile=" + jar);
        } finally {
            Files.deleteIfExists(pom);
        }
    }

    /** Where Maven keeps what it has. */
    static Path folder(Environment environment) throws IOException {
        Matcher option = OPTION.matcher(environment.variable("MAVEN_OPTS").orElse(""));
        if (option.find()) {
            return environment.resolve(option.group(1));
        }
        Path settings = environment.home().resolve(".m2/settings.xml");
        if (Files.isRegularFile(settings)) {
            Matcher setting = SETTING.matcher(Files.readString(settings));
            if (setting.find()) {
                return environment.resolve(
                        setting.group(1)
                                .strip()
                                .replace("${user.home}", environment.home().toString()));
            }
        }
        return environment.home().resolve(".m2/repository");
    }

    static String artifact(Path jar) {
        String stem = Contents.stem(jar);
        return JARS.stream().filter(name -> stem.startsWith(name + "-")).findFirst().orElse(stem);
    }

    static String version(Path jar) {
        return Contents.stem(jar).substring(artifact(jar).length() + 1);
    }
}
