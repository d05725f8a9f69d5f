package dev.treadle.cli.build;

import dev.treadle.cli.console.Environment;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Progress;
import dev.treadle.cli.console.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the user's own {@code mvn}, with the user's settings and this process's JDK. */
public final class Maven {
    /** Named with their versions, so that what is cached once is found again without a network. */
    static final String LIST_DEPENDENCIES =
            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:list";

    static final String INSTALL_FILE =
            "org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file";

    /** A run of a few seconds gains nothing from the second compiler. The user's own come after. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final int ERRORS_SHOWN = 20;

    private final Session session;

    public Maven(Session session) {
        this.session = session;
    }

    /** The {@code mvn} on PATH. */
    public static Optional<Path> find(Environment environment) {
        return environment.onPath("mvn");
    }

    /**
     * Runs goals to their good end.
     *
     * @param what for people, e.g. {@code Building shop with Maven}
     * @param tryThis a line that shows more when it fails
     * @throws Failure with Maven's own errors when it fails
     */
    void run(String what, Path directory, List<String> arguments, String tryThis) {
        Path mvn = find(session.environment()).orElseThrow(Maven::missing);
        List<String> command =
                new ArrayList<>(List.of(mvn.toString(), "-B", "-q", "-Dstyle.color=never"));
        command.addAll(arguments);
        try {
            Progress.during(
                    session.console(),
                    what,
                    () -> finish(what, start(command, directory), tryThis));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(List<String> command, Path directory) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        Map<String, String> variables = builder.environment();
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.merge("MAVEN_OPTS", QUICK, (own, quick) -> quick + " " + own);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static Process finish(String what, Process process, String tryThis) throws IOException {
        try {
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw failure(what, output, tryThis);
            }
            return process;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Maven ran", e);
        }
    }

    private static Failure failure(String what, String output, String tryThis) {
        List<String> errors = errors(output);
        boolean unresolved =
                errors.stream()
                        .anyMatch(
                                line ->
                                        line.contains("Could not resolve")
                                                || line.contains("Could not transfer")
                                                || line.contains("could not be resolved")
                                                || line.contains("Could not find artifact"));
        String rule =
                unresolved
                        ? "Dependencies come from the repositories and mirrors of your Maven settings: they must be"
                                + " reachable once; afterwards the local repository has them and no network is"
                                + " needed."
                        : "Maven must build the project as it does by hand; tests are skipped.";
        return Failure.failed(what + " failed", rule, tryThis).withDetails(errors);
    }

    private static List<String> errors(String output) {
        List<String> errors =
                output.lines()
                        .filter(line -> line.startsWith("[ERROR]"))
                        .map(
                                line ->
                                        line.substring("[ERROR]".length())
                                                .replaceFirst(" -> \\[Help \\d+\\]$", "")
                                                .strip())
                        .filter(line -> !line.isEmpty() && !isAdvice(line))
                        .map(line -> "  " + line)
                        .distinct()
                        .limit(ERRORS_SHOWN)
                        .toList();
        return errors.isEmpty()
                ? output.lines().limit(ERRORS_SHOWN).map(l -> "  " + l).toList()
                : errors;
    }

    private static boolean isAdvice(String line) {
        return line.startsWith("To see the full stack trace")
                || line.startsWith("Re-run Maven using")
                || line.startsWith("For more information about the errors")
                || line.startsWith("After correcting the problems")
                || line.startsWith("[Help ");
    }

    private static Failure missing() {
        return Failure.failed(
                "mvn is not on PATH",
                "A project with a pom.xml, and //DEPS lines, are resolved by Maven 3.8 or newer with your"
                        + " own settings.",
                "sudo apt install maven",
                "treadle doctor");
    }
}
