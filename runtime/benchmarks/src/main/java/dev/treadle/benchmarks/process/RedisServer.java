package dev.treadle.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A redis-server that keeps nothing on disk. */
public final class RedisServer implements AutoCloseable {
    private static final int PAUSES_MAX = 500;
    private static final long PAUSE_NANOS = 10_000_000;

    private final Process process;
    private final int port;

    private RedisServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Empty when there is none on this machine. */
    public static Optional<RedisServer> start(Path folder) throws IOException {
        Optional<Path> program = find();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ProcessBuilder builder =
                new ProcessBuilder(
                        program.get().toString(),
                        "--port",
                        "" + port,
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        folder.toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "no");
        Path libraries = program.get().resolveSibling("../lib/x86_64-linux-gnu").normalize();
        builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
        Process process =
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        for (int i = 0; i < PAUSES_MAX && !answers(port); i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return Optional.of(new RedisServer(process, port));
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private static Optional<Path> find() {
        String home = System.getProperty("user.home");
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of(home + "/.treadle/redis/usr/bin"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
