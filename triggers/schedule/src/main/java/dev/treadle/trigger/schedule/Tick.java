package dev.treadle.trigger.schedule;

import dev.treadle.BadRequest;
import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.Input;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A tick as an invocation's payload. The same tick is the same event, whoever fires it. */
record Tick(Schedule.Id id, Instant time) implements Input {
    private static final String TYPE = "dev.treadle.schedule.tick";

    /** Unique, and the same each time. */
    String eventId() {
        return id + "/" + time;
    }

    @Override
    public Request asRequest(Json json, long payloadBytesMax) {
        throw new BadRequest(
                "an HTTP function cannot take a tick; its class must be an EventFunction or a TypedFunction");
    }

    @Override
    public Event asEvent(Json json, long payloadBytesMax) {
        return Event.builder(TYPE, json)
                .id(eventId())
                .source("/functions/%s/triggers/%s".formatted(id.function(), id.trigger()))
                .time(time)
                .dataContentType("application/json")
                .data(data())
                .build();
    }

    @Override
    public byte[] asBytes(long payloadBytesMax) {
        return data();
    }

    private byte[] data() {
        return "{\"trigger\":\"%s\",\"time\":\"%s\"}"
                .formatted(id.trigger(), time)
                .getBytes(StandardCharsets.UTF_8);
    }
}
