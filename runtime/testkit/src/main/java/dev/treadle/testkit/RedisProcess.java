package dev.treadle.testkit;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real redis-server as a process of its own on a free port of the loopback address. It can be
 * killed, frozen, and started again. For one thread at a time.
 */
public final class RedisProcess implements AutoCloseable {
    private static final int WAIT_MILLIS = 2_000;
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Path program;
    private final Path folder;
    private final int port;
    private final List<String> more;
    private Process process;

    private RedisProcess(Path program, Path folder, int port, List<String> more)
            throws IOException {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.more = more;
        this.process = launch();
    }

    /**
     * Starts one that keeps nothing on disk; skips the test where there is no program.
     *
     * @param more arguments
     */
    public static RedisProcess start(Path folder, String... more) throws IOException {
        return start(freePort(), folder, more);
    }

    /** As {@link #start(Path, String...)}, on this port. */
    public static RedisProcess start(int port, Path folder, String... more) throws IOException {
        RedisProcess server = new RedisProcess(require(), folder, port, List.of(more));
        server.awaitAnswer();
        return server;
    }

    /** A port that was free a moment ago, and low enough for a cluster's second one. */
    public static int freePort() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() < 55_000) {
                    return socket.getLocalPort();
                }
            }
        }
        throw new IOException("no free port below 55000");
    }

    /** The program on this machine, if there is one. */
    public static Optional<Path> find() {
        String home = System.getProperty("user.home");
        Stream<String> folders =
                Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of(home + "/.treadle/redis/usr/bin", "/usr/bin", "/usr/local/bin"));
        return folders.filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path require() {
        Optional<Path> found = find();
        if (found.isEmpty()) {
            NatsRelease.missing("a redis-server (on the PATH or in ~/.treadle/redis)");
        }
        return found.orElseThrow();
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        more.stream().filter(each -> each.endsWith(".conf")).forEach(command::add);
        command.addAll(
                List.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", folder.toString()));
        more.stream().filter(each -> !each.endsWith(".conf")).forEach(command::add);
        if (!more.contains("--sentinel")) {
            command.addAll(List.of("--save", "", "--appendonly", "no"));
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        Path libraries = program.resolveSibling("../lib/x86_64-linux-gnu").normalize();
        if (Files.isDirectory(libraries)) {
            builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
        }
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private void awaitAnswer() throws IOException {
        try {
            Eventually.holds(() -> answers() || !process.isAlive());
        } catch (AssertionError e) {
            kill(); // nobody else knows of it yet
            throw e;
        }
        if (!process.isAlive()) {
            throw new IOException("redis-server ended: " + Files.readString(log()));
        }
    }

    /** An error is an answer, too: a server may want a password first. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAIT_MILLIS);
            socket.setSoTimeout(WAIT_MILLIS);
            socket.getOutputStream().write(PING);
            int first = socket.getInputStream().read();
            return first == '+' || first == '-';
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private Path log() {
        return folder.resolve("redis-%d.log".formatted(port));
    }

    public int port() {
        return port;
    }

    /** As {@code kill -9}; returns when it is gone. */
    public void kill() {
        var _ = process.destroyForcibly().onExit().join();
    }

    /** Starts it again on its port; returns when it answers. */
    public void startAgain() throws IOException {
        process = launch();
        awaitAnswer();
    }

    /** Has it stop in the middle of everything: it takes connections and answers nothing. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** The opposite of {@link #freeze}. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    }

    @Override
    public void close() {
        kill();
    }
}
