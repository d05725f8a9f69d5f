package dev.treadle.trigger.nats;

import dev.treadle.BadRequest;
import dev.treadle.Event;
import dev.treadle.HttpError;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Input;
import dev.treadle.trigger.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Several messages as one invocation's payload. What cannot be read is left out and fails alone.
 * For one thread at a time.
 */
final class BatchInput implements Input {
    private final List<EventRun.Attempt> attempts;
    private final EventRun run;

    /** Of those that could be read, in order. */
    private final List<EventRun.Attempt> readable = new ArrayList<>();

    private final Map<EventRun.Attempt, Outcome> failures = new HashMap<>();

    BatchInput(List<EventRun.Attempt> attempts, EventRun run) {
        this.attempts = List.copyOf(attempts);
        this.run = run;
    }

    @Override
    public Request asRequest(Json json, long payloadBytesMax) {
        throw notABatchFunction();
    }

    @Override
    public Event asEvent(Json json, long payloadBytesMax) {
        throw notABatchFunction();
    }

    @Override
    public byte[] asBytes(long payloadBytesMax) {
        throw notABatchFunction();
    }

    private static BadRequest notABatchFunction() {
        return new BadRequest("a batch of NATS messages is for a BatchFunction");
    }

    @Override
    public List<Event> asEvents(Json json, long payloadBytesMax) {
        List<Event> events = new ArrayList<>();
        for (EventRun.Attempt attempt : attempts) {
            Delivery delivery = attempt.delivery();
            try {
                events.add(run.input(delivery).asEvent(json, payloadBytesMax));
                readable.add(attempt);
            } catch (HttpError e) {
                failures.put(attempt, unreadable(e));
            }
        }
        return events;
    }

    private static Outcome.Failed unreadable(HttpError error) {
        return new Outcome.Failed(
                error.status() == 413 ? ErrorCode.PAYLOAD_TOO_LARGE : ErrorCode.BAD_REQUEST,
                error.status(),
                String.valueOf(error.getMessage()),
                true,
                Duration.ZERO);
    }

    @Override
    public void failed(int index, Outcome.Failed failure) {
        failures.put(readable.get(index), failure);
    }

    /** What became of one of the events, when that became of the invocation. */
    Outcome outcome(EventRun.Attempt attempt, Outcome whole) {
        return failures.getOrDefault(attempt, whole);
    }
}
