package dev.treadle.testkit;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    private static final Duration STARTING = Duration.ofSeconds(60);

    private final int port;
    private final ServerProcess process;

    private RedisProcess(int port, ServerProcess process) {
        this.port = port;
        this.process = process;
    }

    /**
     * Starts one that keeps nothing on disk; skips the test where there is no program.
     *
     * @param more arguments
     */
    public static RedisProcess start(Path folder, String... more) throws IOException {
        return start(FreePort.next(), folder, more);
    }

    /** As {@link #start(Path, String...)}, on this port. */
    public static RedisProcess start(int port, Path folder, String... more) throws IOException {
        Redis redis = new Redis(require(), folder, port, List.of(more));
        return new RedisProcess(port, ServerProcess.start("redis-server", redis, STARTING));
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

    private record Redis(Path program, Path folder, int port, List<String> more)
            implements ServerProcess.Server {
        @Override
        public Process launch() throws IOException {
            List<String> command = new ArrayList<>(List.of(program.toString()));
            more.stream().filter(each -> each.endsWith(".conf")).forEach(command::add);
            command.addAll(
                    List.of(
                            "--port",
                            "" + port,
                            "--bind",
                            "127.0.0.1",
                            "--dir",
                            folder.toString()));
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

        @Override
        public Path log() {
            return folder.resolve("redis-%d.log".formatted(port));
        }

        /** An error is an answer, too: a server may want a password first. */
        @Override
        public boolean answers() {
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
    }

    public int port() {
        return port;
    }

    /** As {@code kill -9}; returns when it is gone. */
    public void kill() {
        process.kill();
    }

    /** Starts it again on its port; returns when it answers. */
    public void startAgain() throws IOException {
        process.startAgain();
    }

    /** Has it stop in the middle of everything: it takes connections and answers nothing. */
    public void freeze() throws IOException, InterruptedException {
        process.freeze();
    }

    /** The opposite of {@link #freeze}. */
    public void thaw() throws IOException, InterruptedException {
        process.thaw();
    }

    @Override
    public void close() {
        kill();
    }
}
