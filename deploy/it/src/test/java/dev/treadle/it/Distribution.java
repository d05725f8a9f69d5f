package dev.treadle.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packed distribution, run in a folder of the test's own, as a user whose home is there too;
 * only Maven's repository is the one of whoever runs the tests.
 */
final class Distribution {
    private static final Duration COMMAND_MAX = Duration.ofMinutes(3);

    private static final Path MAVEN_REPOSITORY =
            Path.of(System.getProperty("user.home"), ".m2", "repository");

    private final Path home = Repository.find().path("deploy/dist/target/treadle");
    private final Path folder;

    Distribution(Path folder) {
        this.folder = folder;
    }

    Path home() {
        return home;
    }

    Path folder() {
        return folder;
    }

    /** Writes a file into the folder. */
    Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** Runs a verb to its end. */
    Finished run(String... words) throws Exception {
        return runToEnd(command(List.of(words)));
    }

    /** A command that is ready to start in the folder. */
    ProcessBuilder command(List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/treadle").toString());
        command.addAll(words);
        return inFolder(new ProcessBuilder(command));
    }

    /** Runs a line of shell in the folder, to its end. */
    Finished shell(String line) throws Exception {
        return runToEnd(inFolder(new ProcessBuilder("bash", "-c", line)));
    }

    private ProcessBuilder inFolder(ProcessBuilder builder) {
        builder.directory(folder.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("TREADLE_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOME", folder.resolve("home").toString());
        builder.environment().put("MAVEN_OPTS", "-Dmaven.repo.local=" + MAVEN_REPOSITORY);
        return builder;
    }

    private static Finished runToEnd(ProcessBuilder builder) throws Exception {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            Process process =
                    builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            if (!process.waitFor(COMMAND_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        builder.command() + " did not end:\n" + Files.readString(out));
            }
            return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
