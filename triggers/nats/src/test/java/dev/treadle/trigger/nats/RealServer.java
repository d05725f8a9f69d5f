package dev.treadle.trigger.nats;

import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A real nats-server of the release under test, and connections to it. */
final class RealServer implements AutoCloseable {
    private final NatsProcess process;

    private RealServer(NatsProcess process) {
        this.process = process;
    }

    /** Starts one; skips the test where there is none. */
    static RealServer start(Path folder) throws IOException {
        return new RealServer(NatsProcess.start(NatsRelease.underTest(), folder));
    }

    /** As {@code kill -9} and a new start. */
    void killAndRestart() throws Exception {
        process.kill();
        process.startAgain();
    }

    void kill() {
        process.kill();
    }

    Connection connect() throws IOException, InterruptedException {
        return Nats.connect(
                new Options.Builder()
                        .server(process.url())
                        .connectionTimeout(Duration.ofSeconds(3)) // as a node
                        .maxReconnects(-1)
                        .reconnectWait(Duration.ofMillis(50))
                        .errorListener(new ErrorListener() {})
                        .build());
    }

    @Override
    public void close() {
        process.close();
    }
}
