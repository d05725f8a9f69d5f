package dev.treadle.benchmarks;

import dev.treadle.Handler;
import dev.treadle.benchmarks.process.ControlProcess;
import dev.treadle.benchmarks.process.Cores;
import dev.treadle.benchmarks.process.EventFunctionJar;
import dev.treadle.benchmarks.process.NatsProcess;
import dev.treadle.benchmarks.process.NodeProcess;
import dev.treadle.benchmarks.process.RawJnats;
import dev.treadle.benchmarks.process.ServerProcess;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A NATS server with a node and the control, both on it. For one thread. */
final class EventsLab implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final NatsProcess nats;
    private final Connection connection;
    private final NodeProcess node;
    private final ServerProcess control;
    private final EventStreams streams;

    private EventsLab(
            NatsProcess nats,
            Connection connection,
            NodeProcess node,
            ServerProcess control,
            EventStreams streams) {
        this.nats = nats;
        this.connection = connection;
        this.node = node;
        this.control = control;
        this.streams = streams;
    }

    static EventsLab start(Lab lab) throws IOException, InterruptedException {
        lab.enter(Cores.SHARED);
        Path folder = lab.newFolder("events");
        NatsProcess nats = NatsProcess.start(lab.newFolder("nats"));
        Connection connection = nats.connect();
        NodeProcess node =
                NodeProcess.startWithNats(
                                lab.distribution(),
                                Cores.SHARED,
                                folder.resolve("data"),
                                nats.url())
                        .awaitReady();
        ServerProcess control = ControlProcess.startRawJnats(lab.distribution(), folder, nats);
        return new EventsLab(nats, connection, node, control, new EventStreams(connection));
    }

    EventStreams streams() {
        return streams;
    }

    NodeProcess node() {
        return node;
    }

    Connection connection() {
        return connection;
    }

    /** The text of a stream's newest message. */
    String lastText(String stream) throws IOException, JetStreamApiException {
        long last =
                connection
                        .jetStreamManagement()
                        .getStreamInfo(stream)
                        .getStreamState()
                        .getLastSequence();
        return new String(
                connection.jetStreamManagement().getMessage(stream, last).getData(),
                StandardCharsets.UTF_8);
    }

    String natsVersion() {
        return nats.version();
    }

    /** Deploys a function on all events of a stream; its next release when it is there already. */
    void deploy(Class<? extends Handler> function, String name, String trigger, String settings)
            throws IOException {
        node.deploy(
                List.of(
                        EventFunctionJar.of(
                                name,
                                function,
                                settings + "triggers:\n  - nats: {" + trigger + "}\n")));
    }

    /** Has the control consume a subject of a stream with one of its handlers. */
    void consumeRaw(String stream, String subject, String handler)
            throws IOException, InterruptedException {
        var _ = ask(RawJnats.SUBJECT, stream + " " + subject + " " + handler);
    }

    /** What the control's stopwatch has counted. */
    String rawCounts() throws IOException, InterruptedException {
        return new String(ask(RawJnats.REPORT, "").getData(), StandardCharsets.US_ASCII);
    }

    /** It may not listen yet: asks again. */
    private Message ask(String subject, String text) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Message answer =
                    connection.request(subject, text.getBytes(StandardCharsets.US_ASCII), PATIENCE);
            if (answer != null && !answer.isStatusMessage()) {
                return answer;
            }
        }
        throw new IOException("the control did not answer on " + subject);
    }

    @Override
    public void close() throws InterruptedException {
        control.close();
        node.close();
        connection.close();
        nats.close();
    }
}
