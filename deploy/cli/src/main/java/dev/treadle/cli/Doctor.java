package dev.treadle.cli;

import dev.treadle.cli.admin.AdminClient;
import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.admin.Reply;
import dev.treadle.cli.admin.Request;
import dev.treadle.cli.admin.Server;
import dev.treadle.cli.admin.ServerLocator;
import dev.treadle.cli.build.Maven;
import dev.treadle.cli.console.Environment;
import dev.treadle.cli.console.ExitCode;
import dev.treadle.cli.console.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.tools.ToolProvider;
import tools.jackson.databind.JsonNode;

/** Examines this machine and the node it talks to. */
final class Doctor {
    private static final int JAVA = 25;
    private static final Set<PosixFilePermission> FOR_OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private static final Duration CLOCKS_APART_MAX = Duration.ofSeconds(5);

    private final Environment environment;
    private final List<Finding> findings = new ArrayList<>();

    Doctor(Environment environment) {
        this.environment = environment;
    }

    List<Finding> examine(Server server) {
        findings.add(java());
        findings.add(maven());
        boolean up = node(server);
        token(server);
        if (!up) {
            findings.add(port("http", 8080));
            findings.add(port("admin", 8081));
        }
        findings.add(data());
        return findings;
    }

    private static Finding java() {
        String version = "Java " + Runtime.version() + " at " + System.getProperty("java.home");
        if (Runtime.version().feature() < JAVA) {
            return Finding.fail(
                    "java", version + ", older than " + JAVA, "sudo apt install temurin-25-jdk");
        }
        return ToolProvider.getSystemJavaCompiler() == null
                ? Finding.fail(
                        "java",
                        version + " has no compiler: a JDK is needed",
                        "sudo apt install temurin-25-jdk")
                : Finding.ok("java", version);
    }

    private Finding maven() {
        return Maven.find(environment)
                .map(mvn -> Finding.ok("maven", mvn.toString()))
                .orElseGet(
                        () ->
                                Finding.warn(
                                        "maven",
                                        "no mvn on PATH; Maven projects and //DEPS lines need it",
                                        "sudo apt install maven"));
    }

    private boolean node(Server server) {
        String place = server.url() + " (by " + server.foundBy() + ")";
        try {
            JsonNode node = new NodeApi(new AdminClient(server)).node();
            String version = node.path("version").asString("?");
            findings.add(
                    version.equals(Version.number())
                            ? Finding.ok(
                                    "node",
                                    "Treadle %s, %s, at %s"
                                            .formatted(
                                                    version,
                                                    node.path("state").asString("?"),
                                                    place))
                            : Finding.warn(
                                    "node",
                                    "Treadle %s at %s; this command is %s"
                                            .formatted(version, place, Version.number()),
                                    "treadle --version"));
            clock(server);
            findings.add(NatsFinding.of(node.path("nats")));
            return true;
        } catch (Failure failure) {
            findings.add(
                    Finding.fail(
                            "node",
                            failure.cause(),
                            failure.tries().isEmpty() ? "treadle up" : failure.tries().getFirst()));
            return failure.exitCode() != ExitCode.UNREACHABLE;
        }
    }

    /** A node elsewhere keeps its own time; log queries and records go by it. */
    private void clock(Server server) {
        Reply reply = new AdminClient(server).send(Request.get("/health/live"));
        reply.header("date")
                .flatMap(Doctor::parse)
                .ifPresent(
                        theirs -> {
                            Duration apart =
                                    Duration.between(theirs, environment.clock().instant()).abs();
                            findings.add(
                                    apart.compareTo(CLOCKS_APART_MAX) > 0
                                            ? Finding.warn(
                                                    "clock",
                                                    "this machine and the node are %d s apart"
                                                            .formatted(apart.toSeconds()),
                                                    "timedatectl")
                                            : Finding.ok("clock", "agrees with the node's"));
                        });
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void token(Server server) {
        if (server.token().isEmpty()) {
            findings.add(
                    Finding.warn(
                            "token",
                            "none found for " + server.url(),
                            "export TREADLE_TOKEN=$(cat .treadle/admin.token)"));
            return;
        }
        String source = server.token().get().source();
        findings.add(
                openFile(server.url())
                        .map(
                                file ->
                                        Finding.fail(
                                                "token",
                                                file + " can be read by others",
                                                "chmod 600 " + file))
                        .orElseGet(() -> Finding.ok("token", "from " + source)));
    }

    /** A token file that others may read. */
    private Optional<Path> openFile(URI url) {
        return new ServerLocator(environment)
                .tokenFiles(url).stream().filter(Doctor::isOpen).findFirst();
    }

    private static boolean isOpen(Path file) {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            return mode.stream().anyMatch(FOR_OTHERS::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // not there, or a file system without modes
        }
    }

    private static Finding port(String subject, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Finding.ok(subject, "port %d is free".formatted(socket.getLocalPort()));
        } catch (IOException e) {
            return Finding.warn(
                    subject,
                    "port %d is in use by something else (%s)".formatted(port, e.getMessage()),
                    "treadle up --%s %d".formatted(subject, port + 100));
        }
    }

    private Finding data() {
        Path data = environment.directory().resolve(".treadle");
        Path place = Files.exists(data) ? data : environment.directory();
        return Files.isWritable(place)
                ? Finding.ok(
                        "data",
                        environment.show(data)
                                + (Files.exists(data) ? " can be written" : " can be made"))
                : Finding.fail("data", data + " cannot be written", "treadle up --data DIR");
    }
}
