package dev.treadle.trigger.nats;

import dev.treadle.Event;
import dev.treadle.PublishFailed;
import dev.treadle.trigger.Publisher;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Publishes to JetStream and waits for the stream's confirmation. Safe for threads. */
public final class NatsPublisher implements Publisher {
    private final NatsSession session;
    private volatile @Nullable Line line;

    private record Line(Connection connection, JetStream jetStream) {}

    public NatsPublisher(NatsSession session) {
        this.session = session;
    }

    /** What a stream said. */
    public record Stored(String stream, long sequence, boolean duplicate) {}

    @Override
    public void publish(
            String subject, Event event, String messageId, int hops, Duration patience) {
        Headers headers = EventHeaders.of(event);
        headers.put("Nats-Msg-Id", messageId);
        headers.put(EventHeaders.HOPS, Integer.toString(hops));
        var _ = publish(subject, headers, event.data(), patience);
    }

    /**
     * Publishes a message with these headers.
     *
     * @throws PublishFailed when no stream has confirmed it
     */
    public Stored publish(
            String subject, Map<String, String> headers, byte[] data, Duration patience) {
        Headers all = new Headers();
        headers.forEach(all::put);
        return publish(subject, all, data, patience);
    }

    /**
     * Publishes a message.
     *
     * @throws PublishFailed when no stream has confirmed it
     */
    Stored publish(String subject, Headers headers, byte[] data, Duration patience) {
        Subjects.requirePlain(subject);
        try {
            JetStream jetStream = jetStream(session.await(patience));
            PublishAck ack =
                    jetStream
                            .publishAsync(
                                    NatsMessage.builder()
                                            .subject(subject)
                                            .headers(headers)
                                            .data(data)
                                            .build())
                            .get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return new Stored(ack.getStream(), ack.getSeqno(), ack.isDuplicate());
        } catch (ExecutionException e) {
            throw failed(subject, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new PublishFailed(
                    "no stream has confirmed '%s' within %d ms"
                            .formatted(subject, patience.toMillis()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishFailed("interrupted while publishing to '%s'".formatted(subject), e);
        } catch (NatsUnavailable e) {
            throw new NoNats(subject, e);
        } catch (IOException | RuntimeException e) {
            throw failed(subject, e);
        }
    }

    /** One for each connection: making it for each publish is work for nothing. */
    private JetStream jetStream(Connection connection) throws IOException {
        Line known = line;
        if (known == null || known.connection() != connection) {
            known = new Line(connection, connection.jetStream());
            line = known;
        }
        return known.jetStream();
    }

    private static PublishFailed failed(String subject, Throwable cause) {
        Throwable root = cause.getCause() == null ? cause : cause.getCause();
        if (root instanceof JetStreamApiException refused) {
            return new PublishFailed(
                    "the stream did not take '%s': %s"
                            .formatted(subject, refused.getErrorDescription()),
                    refused);
        }
        String message = String.valueOf(root.getMessage());
        if (message.contains("503") || message.contains("No Responders")) {
            return new NoStream(subject, root);
        }
        return new PublishFailed("publishing to '%s' failed: %s".formatted(subject, message), root);
    }

    /** It is no subject to publish to. */
    public static final class BadSubject extends PublishFailed {
        private static final long serialVersionUID = 1L;

        BadSubject(String message) {
            super(message);
        }
    }

    /** NATS is off or cannot be reached. */
    public static final class NoNats extends PublishFailed {
        private static final long serialVersionUID = 1L;

        NoNats(String subject, NatsUnavailable cause) {
            super(
                    "cannot publish to '%s': NATS is not available: %s"
                            .formatted(subject, cause.getMessage()),
                    cause);
        }
    }

    /** No stream has the subject. */
    public static final class NoStream extends PublishFailed {
        private static final long serialVersionUID = 1L;

        NoStream(String subject, Throwable cause) {
            super(
                    "no stream takes the subject '%s'; make one, or have a trigger `create` it"
                            .formatted(subject),
                    cause);
        }
    }
}
