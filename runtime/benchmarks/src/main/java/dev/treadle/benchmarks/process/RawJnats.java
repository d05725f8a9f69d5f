package dev.treadle.benchmarks.process;

import dev.treadle.benchmarks.functions.Stopwatch;
import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.MessageHandler;
import io.nats.client.Nats;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The control: jnats as its own documentation shows it, in a process of its own. A request to
 * {@link #SUBJECT} has it consume a stream: {@code STREAM SUBJECT HANDLER}; one to {@link #REPORT}
 * has it say what its stopwatch has counted. Its consumer has a filter as each trigger's has, for a
 * server takes longer to find what passes one.
 */
public final class RawJnats {
    public static final String SUBJECT = "bench.raw.consume";
    public static final String REPORT = "bench.raw.report";

    /** As many as an event trigger's default concurrency. */
    private static final int RELAYS = 64;

    private final Connection connection;
    private final JetStream jetStream;
    private final AtomicLongArray counts = Stopwatch.newCounts();
    private final Semaphore relays = new Semaphore(RELAYS);

    private RawJnats(Connection connection) throws IOException {
        this.connection = connection;
        this.jetStream = connection.jetStream();
    }

    /** Waits for requests; the argument is the server's URL. */
    public static void main(String[] args) throws Exception {
        new RawJnats(Nats.connect(args[0])).serve();
        Thread.currentThread().join();
    }

    private void serve() {
        var _ = connection.createDispatcher(this::consume).subscribe(SUBJECT);
        var _ =
                connection
                        .createDispatcher(
                                request ->
                                        connection.publish(
                                                request.getReplyTo(),
                                                Stopwatch.take(counts)
                                                        .getBytes(StandardCharsets.US_ASCII)))
                        .subscribe(REPORT);
    }

    private void consume(Message request) {
        String[] words = new String(request.getData(), StandardCharsets.US_ASCII).split(" ", 3);
        try {
            ConsumerContext consumer =
                    connection
                            .getStreamContext(words[0])
                            .createOrUpdateConsumer(
                                    ConsumerConfiguration.builder()
                                            .durable("raw")
                                            .filterSubject(words[1])
                                            .ackPolicy(AckPolicy.Explicit)
                                            .maxAckPending(100_000)
                                            .build());
            MessageConsumer _ = consumer.consume(handler(words[2]));
            connection.publish(request.getReplyTo(), new byte[0]);
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException("cannot consume " + words[0], e);
        }
    }

    private MessageHandler handler(String name) {
        return switch (name) {
            case "noop" -> Message::ack;
            case "stopwatch" -> this::time;
            case "relay" -> this::relay;
            default -> throw new IllegalArgumentException("no handler " + name);
        };
    }

    private void time(Message message) {
        Stopwatch.count(counts, System.nanoTime() - ByteBuffer.wrap(message.getData()).getLong());
        message.ack();
    }

    /** Each on a thread of its own, for it waits for the stream's confirmation. */
    private void relay(Message message) throws InterruptedException {
        relays.acquire();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                var _ = jetStream.publish("relayed.raw", message.getData());
                                message.ack();
                            } catch (IOException | JetStreamApiException e) {
                                throw new IllegalStateException(e);
                            } finally {
                                relays.release();
                            }
                        });
    }
}
