package dev.treadle.trigger.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Looks into a stream message by message, without a consumer: nothing is left behind, no other
 * reader notices, and it works whatever the stream's retention is. Waits out a connection that
 * breaks. For one thread.
 */
final class StreamLook {
    private static final int NO_STREAM = 10059;
    private static final int NO_MESSAGE = 10037;
    private static final int TRIES_MAX = 20;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String EVERYTHING = ">";

    private final NatsSession session;
    private final String stream;
    private final StopSign stop;

    StreamLook(NatsSession session, String stream, StopSign stop) {
        this.session = session;
        this.stream = stream;
        this.stop = stop;
    }

    /** The first event of a subject with this number or a later one. */
    Optional<StoredEvent> next(long sequence, String subject) {
        return ask(
                management -> {
                    try {
                        return Optional.of(
                                StoredEvent.of(
                                        stream,
                                        management.getNextMessage(stream, sequence, subject)));
                    } catch (JetStreamApiException e) {
                        if (e.getApiErrorCode() == NO_MESSAGE) {
                            return Optional.empty();
                        }
                        throw e;
                    }
                });
    }

    StreamState state() {
        return ask(management -> management.getStreamInfo(stream).getStreamState());
    }

    /** The numbers of the events that are gone from between those that are there, in order. */
    List<Long> deleted() {
        StreamInfoOptions details = StreamInfoOptions.builder().deletedDetails().build();
        return ask(
                management ->
                        management.getStreamInfo(stream, details).getStreamState().getDeleted());
    }

    /**
     * A number between two, or the one after the last: events with it or a later one were taken in
     * at this time or later, those with an earlier one before.
     */
    long numberAt(Instant time, long first, long last) {
        long low = first;
        long high = last + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            Optional<StoredEvent> event = next(middle, EVERYTHING);
            if (event.isEmpty() || !event.get().published().isBefore(time)) {
                high = middle;
            } else {
                low = event.get().sequence() + 1;
            }
        }
        return low;
    }

    private interface Question<T> {
        T of(JetStreamManagement management) throws IOException, JetStreamApiException;
    }

    private <T> T ask(Question<T> question) {
        for (int tries = 1; ; tries++) {
            try {
                return question.of(session.require().jetStreamManagement());
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() == NO_STREAM) {
                    throw new EventsGone("there is no stream " + stream);
                }
                giveUp(tries, e);
            } catch (IOException | NatsUnavailable e) {
                giveUp(tries, e);
            }
        }
    }

    private void giveUp(int tries, Exception e) {
        if (tries == TRIES_MAX || !stop.rest(PAUSE)) {
            throw new NatsUnavailable(
                    "the stream %s cannot be read: %s".formatted(stream, e.getMessage()), e);
        }
    }
}
