package dev.treadle.benchmarks.process;

import dev.treadle.benchmarks.load.Caller;
import dev.treadle.benchmarks.load.Requests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A running node. */
public final class NodeProcess implements AutoCloseable {
    private final ServerProcess server;
    private final Path data;
    private final int adminPort;

    private NodeProcess(ServerProcess server, Path data, int adminPort) {
        this.server = server;
        this.data = data;
        this.adminPort = adminPort;
    }

    /** Starts a node as a user would. */
    public static NodeProcess start(Distribution distribution, Cores cores, Path data)
            throws IOException {
        return start(distribution, cores, data, "off", distribution.nodeByLauncher());
    }

    /** Starts a node that takes its events from this server. */
    public static NodeProcess startWithNats(
            Distribution distribution, Cores cores, Path data, String natsUrl) throws IOException {
        return start(distribution, cores, data, natsUrl, distribution.nodeByLauncher());
    }

    public static NodeProcess startWithoutCache(Distribution distribution, Cores cores, Path data)
            throws IOException {
        return start(
                distribution,
                cores,
                data,
                "off",
                distribution.nodeWithoutCache(data.resolveSibling("home")));
    }

    private static NodeProcess start(
            Distribution distribution, Cores cores, Path data, String nats, List<String> program)
            throws IOException {
        Files.createDirectories(data);
        Files.createDirectories(data.resolveSibling("home"));
        int http = Ports.free();
        int admin = Ports.free();
        List<String> command = new ArrayList<>(cores.prefix());
        command.addAll(program);
        command.addAll(List.of("--data", data.toString()));
        command.addAll(List.of("--http", Integer.toString(http)));
        command.addAll(List.of("--admin", Integer.toString(admin)));
        command.addAll(List.of("--nats", nats));
        ServerProcess server =
                new ServerProcess(
                        command,
                        Map.of(
                                "JAVA_HOME",
                                distribution.javaHome().toString(),
                                "HOME", // a node leaves its token there
                                data.resolveSibling("home").toString()),
                        Files.createTempFile(data.getParent(), "node-", ".log"),
                        http);
        return new NodeProcess(server, data, admin);
    }

    public ServerProcess server() {
        return server;
    }

    /** The port for functions. */
    public int port() {
        return server.port();
    }

    /** Waits until it serves. */
    public NodeProcess awaitReady() throws IOException {
        try {
            new ReadyCheck(adminPort).await();
            return this;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** A connection to the admin API. */
    public Caller admin() throws IOException {
        return new Caller(adminPort);
    }

    /** Deploys a function over a connection to the admin API. */
    public void deploy(Caller admin, Deployable jar) throws IOException {
        String token = token();
        admin.expect(
                Requests.authorized(
                        "PUT",
                        "/v1/artifacts/" + jar.digest().hex(),
                        token,
                        "application/java-archive",
                        jar.bytes()));
        String order =
                "{\"manifest\":\"%s\",\"artifact\":\"%s\"}"
                        .formatted(escaped(jar.manifest()), jar.digest().hex());
        admin.expect(
                Requests.authorized(
                        "POST",
                        "/v1/functions/" + jar.name() + "/releases",
                        token,
                        "application/json",
                        order.getBytes(StandardCharsets.UTF_8)));
    }

    private static String escaped(String text) {
        return text.replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** Deploys functions one after the other. */
    public void deploy(List<? extends Deployable> jars) throws IOException {
        try (Caller admin = admin()) {
            for (Deployable jar : jars) {
                deploy(admin, jar);
            }
        }
    }

    /** Starts a command of the command line against this node; what it prints is not kept. */
    public Process cli(Distribution distribution, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(distribution.launcher().toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", distribution.javaHome().toString());
        builder.environment().put("TREADLE_SERVER", "http://127.0.0.1:" + adminPort);
        builder.environment().put("TREADLE_TOKEN", token());
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private String token() throws IOException {
        return Files.readString(data.resolve("admin.token")).strip();
    }

    @Override
    public void close() {
        server.close();
    }
}
