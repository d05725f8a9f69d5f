package dev.treadle.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The nats-servers that tests run against. Where one is missing, its tests are skipped and say so;
 * in CI (the variable {@code CI} is {@code true}) they fail, so that nothing is skipped unnoticed.
 */
public enum NatsRelease {
    /** One that can all that we want. */
    CURRENT("a nats-server 2.10 or newer (on the PATH or in ~/.treadle/bin)", "2.10+") {
        @Override
        boolean is(int minor) {
            return minor >= 10;
        }
    },

    /** One that is too old for some things, as Debian 12 has it. */
    OLD("a nats-server 2.9 (NATS_SERVER_2_9, or ~/.treadle/nats-2.9/nats-server)", "2.9") {
        @Override
        boolean is(int minor) {
            return minor == 9;
        }
    };

    /** Which one this run of the tests is about: {@code 2.9}, or a current one. */
    private static final String UNDER_TEST = "treadle.test.nats";

    private static final Pattern MINOR = Pattern.compile("v?2\\.(\\d+)\\.\\d+");
    private static final ConcurrentMap<NatsRelease, Optional<Path>> FOUND =
            new ConcurrentHashMap<>();

    private final String what;
    private final String label;

    NatsRelease(String what, String label) {
        this.what = what;
        this.label = label;
    }

    abstract boolean is(int minor);

    /** The one that {@code -Dtreadle.test.nats=2.9} names; without it, the current one. */
    public static NatsRelease underTest() {
        return OLD.label.equals(System.getProperty(UNDER_TEST)) ? OLD : CURRENT;
    }

    /** The program on this machine, if there is one. */
    public Optional<Path> find() {
        return FOUND.computeIfAbsent(this, NatsRelease::search);
    }

    /** The program; skips the test where there is none, and fails it in CI. */
    public Path require() {
        Optional<Path> found = find();
        if (found.isEmpty()) {
            missing(what);
        }
        return found.orElseThrow();
    }

    /** Ends a test that needs what is not on this machine: skipped, but in CI failed. */
    public static void missing(String what) {
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail("CI skips nothing: there must be " + what);
        }
        Assumptions.abort("skipped: there is no " + what + " on this machine");
    }

    private static Optional<Path> search(NatsRelease wanted) {
        Path home = Path.of(System.getProperty("user.home"));
        Stream<Path> named =
                Stream.of(
                                Objects.requireNonNullElse(System.getenv("NATS_SERVER_2_9"), ""),
                                home.resolve(".treadle/nats-2.9/nats-server").toString())
                        .filter(path -> !path.isBlank())
                        .map(Path::of);
        Stream<Path> usual =
                Stream.concat(
                                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                        .filter(folder -> !folder.isBlank())
                                        .map(Path::of),
                                Stream.of(
                                        home.resolve(".treadle/bin"),
                                        Path.of("/usr/sbin"),
                                        Path.of("/usr/local/bin"),
                                        Path.of("/opt/homebrew/bin"),
                                        home.resolve("go/bin")))
                        .map(folder -> folder.resolve("nats-server"));
        return Stream.concat(named, usual)
                .filter(Files::isExecutable)
                .filter(program -> wanted.is(minor(program)))
                .findFirst();
    }

    /** The second number of its version; -1 when it says none. */
    private static int minor(Path program) {
        try {
            Process process =
                    new ProcessBuilder(program.toString(), "--version")
                            .redirectErrorStream(true)
                            .start();
            String printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = MINOR.matcher(printed);
            return version.find() ? Integer.parseInt(version.group(1)) : -1;
        } catch (IOException e) {
            return -1; // it does not run here
        }
    }

    @Override
    public String toString() {
        return "nats-server " + label;
    }
}
