package dev.treadle.trigger.nats.server;

import dev.treadle.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A nats-server that no node manages. */
final class ForeignServer implements AutoCloseable {
    private final Process process;
    private final int port;

    /** Starts one on a port, with more lines of configuration. */
    ForeignServer(NatsBinary binary, Path folder, int port, String more) throws IOException {
        Path config = folder.resolve("foreign-%d.conf".formatted(port));
        Files.writeString(
                config, "server_name: foreign\nlisten: \"127.0.0.1:%d\"\n%s".formatted(port, more));
        this.port = port;
        process =
                new ProcessBuilder(binary.path().toString(), "-c", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("foreign.log").toFile())
                        .start();
        Eventually.holds(() -> LocalPort.isFrom("foreign", port) || !process.isAlive());
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
