package dev.treadle.benchmarks.process;

import dev.treadle.trigger.nats.server.NatsBinary;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A running nats-server with JetStream, as it comes. */
public final class NatsProcess implements AutoCloseable {
    private final ServerProcess server;
    private final NatsBinary binary;

    private NatsProcess(ServerProcess server, NatsBinary binary) {
        this.server = server;
        this.binary = binary;
    }

    /** Starts the one that a node would take. */
    public static NatsProcess start(Path folder) throws IOException, InterruptedException {
        NatsBinary binary =
                NatsBinary.find()
                        .orElseThrow(() -> new IOException("there is no nats-server to measure"));
        int port = Ports.free();
        ServerProcess server =
                new ServerProcess(
                        List.of(
                                binary.path().toString(),
                                "-js",
                                "-a",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(port),
                                "-sd",
                                folder.toString()),
                        Map.of(),
                        Files.createTempFile(folder, "nats-", ".log"),
                        port);
        return new NatsProcess(server, binary);
    }

    public String url() {
        return "nats://127.0.0.1:" + server.port();
    }

    /** Its version, for the report. */
    public String version() {
        return binary.version().toString();
    }

    /** A connection, as soon as it listens. */
    public Connection connect() throws IOException, InterruptedException {
        return Nats.connectReconnectOnConnect(
                Options.builder()
                        .server(url())
                        .maxReconnects(200)
                        .reconnectWait(Duration.ofMillis(20))
                        .errorListener(new ErrorListener() {})
                        .connectionTimeout(Duration.ofSeconds(10))
                        .build());
    }

    @Override
    public void close() {
        server.close();
    }
}
