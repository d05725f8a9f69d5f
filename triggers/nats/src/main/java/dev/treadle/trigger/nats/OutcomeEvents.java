package dev.treadle.trigger.nats;

import dev.treadle.Event;
import dev.treadle.Response;
import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.AsyncCall.State;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Events that tell how something has ended. Their ids repeat when they are made again. */
final class OutcomeEvents {
    private static final String CALL = "dev.treadle.call.";
    private static final String TICK = "dev.treadle.tick.";
    private static final String EVENT = "dev.treadle.event.";
    private static final JsonMapper JSON = JsonMapper.shared();

    private OutcomeEvents() {}

    /**
     * Of a call that has ended.
     *
     * @param bytesMax how large the event's data may be; a result's body that is too large is left
     *     out
     */
    static Event of(CallRecord record, long bytesMax) {
        AsyncCall call = record.call();
        String status = call.state() == State.SUCCEEDED ? "succeeded" : "failed";
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", call.id());
        data.put("function", call.function());
        record.release().ifPresent(release -> data.put("release", release));
        data.put("trigger", AsyncTrigger.NAME);
        data.put("status", status);
        data.put("attempts", call.attempts());
        data.put("accepted", call.accepted().toString());
        data.put("ended", call.changed().toString());
        call.failure().ifPresent(failure -> data.put("error", error(failure)));
        call.result().ifPresent(result -> data.put("result", result(result, bytesMax)));
        return event(CALL + status, call.id(), call.function(), call.changed(), data);
    }

    /**
     * Of an event that was handled or given up.
     *
     * @param bytesMax how large its data and the function's answer may be; what is too large is
     *     left out
     */
    static Event of(NatsTriggerConfig config, EventRun.Ended ended, long bytesMax, Instant now) {
        EventRun.Attempt attempt = ended.attempt();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("function", config.target().function());
        attempt.release().ifPresent(release -> data.put("release", release));
        data.put("trigger", config.name());
        String status = ended.disposition() instanceof Disposition.Ack ? "succeeded" : "failed";
        data.put("status", status);
        data.put("attempts", attempt.number());
        data.put("ended", now.toString());
        if (ended.disposition() instanceof Disposition.Bury bury) {
            data.put("error", error(bury));
        }
        if (ended.outcome().orElse(null) instanceof Outcome.Succeeded(Response answer)
                && answer.body() instanceof Response.Body.Bytes) {
            data.put("result", result(answer, bytesMax));
        }
        data.put("event", original(config, attempt.delivery(), bytesMax));
        return event(
                EVENT + status,
                config.durable() + ":" + attempt.delivery().origin(),
                config.target().function(),
                now,
                data);
    }

    private static Map<String, Object> error(Disposition.Bury bury) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", bury.code());
        error.put("reason", bury.reason().name().toLowerCase(Locale.ROOT));
        error.put("message", bury.message());
        return error;
    }

    private static Map<String, Object> original(
            NatsTriggerConfig config, Delivery delivery, long bytesMax) {
        Map<String, Object> original = new LinkedHashMap<>();
        original.put("stream", config.stream());
        original.put("sequence", delivery.sequence());
        original.put("subject", delivery.message().getSubject());
        original.put("published", delivery.published().toString());
        original.put("headers", NatsEvents.headers(delivery.message()));
        bytes("data", NatsEvents.data(delivery.message()), bytesMax, original);
        return original;
    }

    /** Of an invocation that is not tried again. */
    static Event of(InvocationRequest request, Outcome outcome, long bytesMax, Instant now) {
        Map<String, Object> data = new LinkedHashMap<>();
        String function = request.target().function();
        data.put("function", function);
        data.put("trigger", request.trigger());
        data.put("invocation", request.id());
        String status;
        if (outcome instanceof Outcome.Succeeded(Response answer)) {
            status = "succeeded";
            data.put("result", result(answer, bytesMax));
        } else {
            status = "failed";
            data.put("error", error(failure(outcome)));
        }
        data.put("status", status);
        data.put("attempts", request.lineage().attempt());
        data.put("ended", now.toString());
        return event(
                TICK + status,
                request.trigger() + ":" + request.lineage().origin(),
                function,
                now,
                data);
    }

    static Event event(
            String type, String id, String function, Instant time, Map<String, Object> data) {
        return Event.builder(type, NoJson.INSTANCE)
                .id(id)
                .source("/" + function)
                .time(time)
                .dataContentType("application/json")
                .data(JSON.writeValueAsBytes(data))
                .build();
    }

    /** What went wrong, for callers. */
    static AsyncCall.Failure failure(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed failed ->
                    new AsyncCall.Failure(failed.code(), failed.status(), failed.message());
            case Outcome.Expired(Duration timeout) ->
                    new AsyncCall.Failure(
                            ErrorCode.FUNCTION_TIMEOUT,
                            ErrorCode.FUNCTION_TIMEOUT.status(),
                            "the function did not end within its limits.timeout of %d ms"
                                    .formatted(timeout.toMillis()));
            case Outcome.Refused refused ->
                    new AsyncCall.Failure(
                            refused.code(), refused.code().status(), refused.message());
            case Outcome.Succeeded _, Outcome.Streaming _ ->
                    throw new IllegalArgumentException("that is no failure: " + outcome);
        };
    }

    private static Map<String, Object> error(AsyncCall.Failure failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", failure.code().id());
        error.put("status", failure.status());
        error.put("message", failure.message());
        return error;
    }

    /** What a function has answered; text as text. */
    static Map<String, Object> result(Response answer, long bytesMax) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", answer.status());
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Response.Header header : answer.headers()) {
            headers.computeIfAbsent(header.name(), _ -> new ArrayList<>()).add(header.value());
        }
        result.put("headers", headers);
        bytes("body", CallRecordBytes.body(answer), bytesMax, result);
        return result;
    }

    /** Text may take twice its bytes in JSON, as Base64 does by a third. */
    private static void bytes(String key, byte[] bytes, long bytesMax, Map<String, Object> into) {
        if (bytes.length == 0) {
            return;
        }
        Optional<String> text = text(bytes);
        String value = text.orElseGet(() -> Base64.getEncoder().encodeToString(bytes));
        if (JSON.writeValueAsBytes(value).length > bytesMax) {
            into.put(key + "Omitted", true);
        } else {
            into.put(text.isPresent() ? key : key + "Base64", value);
        }
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
