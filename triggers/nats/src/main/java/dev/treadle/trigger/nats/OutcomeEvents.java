package dev.treadle.trigger.nats;

import dev.treadle.Event;
import dev.treadle.Response;
import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.AsyncCall.State;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Events that tell how something has ended. Their ids repeat when they are made again. */
final class OutcomeEvents {
    private static final String CALL = "dev.treadle.call.";
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
        body(CallRecordBytes.body(answer), bytesMax, result);
        return result;
    }

    /** Text may take twice its bytes in JSON, as Base64 does by a third. */
    private static void body(byte[] body, long bytesMax, Map<String, Object> into) {
        if (body.length == 0) {
            return;
        }
        Optional<String> text = text(body);
        String value = text.orElseGet(() -> Base64.getEncoder().encodeToString(body));
        if (JSON.writeValueAsBytes(value).length > bytesMax) {
            into.put("bodyOmitted", true);
        } else {
            into.put(text.isPresent() ? "body" : "bodyBase64", value);
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
