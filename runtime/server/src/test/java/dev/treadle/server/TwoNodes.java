package dev.treadle.server;

import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two nodes at one NATS server, each of which may be closed and opened again. */
final class TwoNodes implements AutoCloseable {
    final NatsProcess server;
    private final Path folder;
    TestNode one;
    TestNode two;

    TwoNodes(Path folder, NatsRelease release) throws IOException {
        this.folder = folder;
        this.server = NatsProcess.start(release, Files.createDirectories(folder.resolve("nats")));
        try {
            this.one = node("one");
            this.two = node("two");
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Opens a node; one of the same name before has the same data. */
    TestNode node(String name) throws IOException {
        return new TestNode(folder.resolve(name), server);
    }

    @Override
    public void close() {
        one.close();
        two.close();
        server.close();
    }
}
