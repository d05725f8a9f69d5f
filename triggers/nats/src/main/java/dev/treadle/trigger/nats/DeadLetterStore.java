package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Dead letters, in one stream with a subject for each function's triggers. Data stays as it was;
 * what is known of it is one header. Safe for threads.
 */
public final class DeadLetterStore implements Books.DeadLetters {
    static final String STREAM = "TREADLE_DLQ";

    private static final String SUBJECTS = "treadle.dlq.";
    private static final String META = "Treadle-Dead-Letter";
    private static final Duration KEPT = Duration.ofDays(366);
    private static final Duration DUPLICATES = Duration.ofMinutes(10);
    private static final int NO_STREAM = 10059;
    private static final int NO_MESSAGE = 10037;

    private final NatsSession session;

    public DeadLetterStore(NatsSession session) {
        this.session = session;
    }

    /** Makes the stream when it is not there. */
    static void ensure(Connection connection) throws IOException, JetStreamApiException {
        Streams.ensure(
                connection,
                StreamConfiguration.builder()
                        .name(STREAM)
                        .description("Treadle: events that were given up")
                        .subjects(SUBJECTS + ">")
                        .storageType(StorageType.File)
                        .maxAge(KEPT)
                        .duplicateWindow(DUPLICATES)
                        .build());
    }

    /** Keeping it twice stores it once. */
    @Override
    public long keep(DeadLetter letter, String key) throws IOException, JetStreamApiException {
        Connection connection = session.require();
        DeadLetter fitting = fits(connection, letter) ? letter : DeadLetterJson.withoutData(letter);
        Headers headers = new Headers();
        headers.put("Nats-Msg-Id", key);
        headers.put(META, DeadLetterJson.write(fitting));
        return connection
                .jetStream()
                .publish(
                        NatsMessage.builder()
                                .subject(subject(letter.function()) + "." + letter.trigger())
                                .headers(headers)
                                .data(fitting.data())
                                .build())
                .getSeqno();
    }

    private static boolean fits(Connection connection, DeadLetter letter) {
        int headers = DeadLetterJson.write(letter).length() + 512;
        return letter.data().length + headers <= connection.getMaxPayload();
    }

    /** A function's trigger that has dead letters. */
    public record Owner(String function, String trigger) {}

    /** How many dead letters a function has. */
    public long count(String function) {
        return subjects(subject(function) + ".>").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** How many dead letters there are of each trigger, in one request to the server. */
    public Map<Owner, Long> counts() {
        Map<Owner, Long> counts = new HashMap<>();
        subjects(SUBJECTS + ">")
                .forEach(
                        (subject, count) -> {
                            String[] names = subject.substring(SUBJECTS.length()).split("\\.", 2);
                            if (names.length == 2) {
                                counts.put(new Owner(names[0], names[1]), count);
                            }
                        });
        return counts;
    }

    private Map<String, Long> subjects(String filter) {
        try {
            StreamInfo info =
                    session.require()
                            .jetStreamManagement()
                            .getStreamInfo(STREAM, StreamInfoOptions.filterSubjects(filter));
            return info.getStreamState().getSubjectMap();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_STREAM) {
                return Map.of();
            }
            throw new NatsUnavailable("dead letters cannot be counted: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new NatsUnavailable("dead letters cannot be counted: " + e.getMessage(), e);
        }
    }

    /**
     * Shows a function's dead letters, oldest first.
     *
     * @param visitor says whether to go on
     */
    public void scan(String function, Predicate<DeadLetter.Stored> visitor) {
        try {
            JetStreamManagement management = session.require().jetStreamManagement();
            long next = 1;
            while (true) {
                MessageInfo found =
                        management.getNextMessage(STREAM, next, subject(function) + ".>");
                if (!visitor.test(stored(found))) {
                    return;
                }
                next = found.getSeq() + 1;
            }
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != NO_STREAM && e.getApiErrorCode() != NO_MESSAGE) {
                throw new NatsUnavailable("dead letters cannot be read: " + e.getMessage(), e);
            }
        } catch (IOException e) {
            throw new NatsUnavailable("dead letters cannot be read: " + e.getMessage(), e);
        }
    }

    /** One of a function's dead letters. */
    public Optional<DeadLetter.Stored> get(String function, long id) {
        try {
            DeadLetter.Stored found =
                    stored(session.require().jetStreamManagement().getMessage(STREAM, id));
            return Optional.of(found).filter(each -> each.letter().function().equals(function));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_STREAM || e.getApiErrorCode() == NO_MESSAGE) {
                return Optional.empty();
            }
            throw new NatsUnavailable("the dead letter cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new NatsUnavailable("the dead letter cannot be read: " + e.getMessage(), e);
        }
    }

    /** Removes a dead letter; says whether it was there. */
    public boolean remove(long id) {
        try {
            return session.require().jetStreamManagement().deleteMessage(STREAM, id, false);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_STREAM || e.getApiErrorCode() == NO_MESSAGE) {
                return false;
            }
            throw new NatsUnavailable("the dead letter cannot be removed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new NatsUnavailable("the dead letter cannot be removed: " + e.getMessage(), e);
        }
    }

    /** Removes a trigger's dead letters that died before a time. */
    public void expire(String function, String trigger, Instant before) {
        String subject = subject(function) + "." + trigger;
        try {
            JetStreamManagement management = session.require().jetStreamManagement();
            while (true) {
                MessageInfo oldest = management.getNextMessage(STREAM, 1, subject);
                if (!stored(oldest).letter().died().isBefore(before)) {
                    return;
                }
                management.deleteMessage(STREAM, oldest.getSeq(), false);
            }
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != NO_STREAM && e.getApiErrorCode() != NO_MESSAGE) {
                throw new NatsUnavailable("dead letters cannot expire: " + e.getMessage(), e);
            }
        } catch (IOException e) {
            throw new NatsUnavailable("dead letters cannot expire: " + e.getMessage(), e);
        }
    }

    /** The dead letter's original message, its data looked up in the stream if need be. */
    public Message original(DeadLetter letter) {
        byte[] data = letter.data();
        if (letter.dataOmitted()) {
            try {
                data =
                        session.require()
                                .jetStreamManagement()
                                .getMessage(letter.stream(), letter.sequence())
                                .getData();
            } catch (IOException | JetStreamApiException e) {
                throw new NatsUnavailable(
                        "the event's data was too large to keep, and the stream %s no longer has it"
                                .formatted(letter.stream()),
                        e);
            }
        }
        return NatsMessage.builder()
                .subject(letter.subject())
                .headers(new Headers().put(letter.headers()))
                .data(data)
                .build();
    }

    private static DeadLetter.Stored stored(MessageInfo found) {
        String meta = found.getHeaders() == null ? "" : found.getHeaders().getFirst(META);
        byte[] data = found.getData() == null ? new byte[0] : found.getData();
        return new DeadLetter.Stored(
                found.getSeq(), DeadLetterJson.read(meta == null ? "" : meta, data));
    }

    private static String subject(String function) {
        return SUBJECTS + function;
    }
}
