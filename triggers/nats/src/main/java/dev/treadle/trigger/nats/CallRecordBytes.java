package dev.treadle.trigger.nats;

import dev.treadle.Response;
import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records of calls as bytes: a line of JSON, and after it the result's body. Safe for threads. */
final class CallRecordBytes {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final byte[] NOTHING = {};

    private CallRecordBytes() {}

    private record Document(
            String id,
            String function,
            AsyncCall.State state,
            int attempts,
            OptionalInt release,
            Instant accepted,
            Instant changed,
            Optional<Failure> failure,
            Optional<Head> result,
            Optional<Instant> expires) {}

    /** By the code's id: that is what never changes. */
    private record Failure(String code, int status, String message) {}

    private record Head(int status, List<Response.Header> headers) {}

    static byte[] write(CallRecord call) {
        AsyncCall it = call.call();
        Document document =
                new Document(
                        it.id(),
                        it.function(),
                        it.state(),
                        it.attempts(),
                        call.release(),
                        it.accepted(),
                        it.changed(),
                        it.failure().map(f -> new Failure(f.code().id(), f.status(), f.message())),
                        it.result().map(answer -> new Head(answer.status(), answer.headers())),
                        it.expires());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(JSON.writeValueAsBytes(document));
        out.write('\n');
        out.writeBytes(it.result().map(CallRecordBytes::body).orElse(NOTHING));
        return out.toByteArray();
    }

    static CallRecord read(byte[] bytes) {
        int end = 0;
        while (bytes[end] != '\n') {
            end++;
        }
        Document document =
                JSON.readValue(new String(bytes, 0, end, StandardCharsets.UTF_8), Document.class);
        byte[] body = Arrays.copyOfRange(bytes, end + 1, bytes.length);
        return new CallRecord(
                new AsyncCall(
                        document.id(),
                        document.function(),
                        document.state(),
                        document.attempts(),
                        document.accepted(),
                        document.changed(),
                        document.failure().map(CallRecordBytes::failure),
                        document.result().map(head -> response(head, body)),
                        document.expires()),
                document.release());
    }

    /** The body of an answer that has ended. */
    static byte[] body(Response answer) {
        return switch (answer.body()) {
            case Response.Body.Bytes(byte[] bytes) -> bytes;
            case Response.Body.Json _, Response.Body.Stream _, Response.Body.Sse _ ->
                    throw new IllegalArgumentException("the answer's body is not there yet");
        };
    }

    private static AsyncCall.Failure failure(Failure failure) {
        ErrorCode code =
                Arrays.stream(ErrorCode.values())
                        .filter(each -> each.id().equals(failure.code()))
                        .findFirst()
                        .orElse(ErrorCode.INTERNAL);
        return new AsyncCall.Failure(code, failure.status(), failure.message());
    }

    private static Response response(Head head, byte[] body) {
        Response response = Response.status(head.status()).body(body);
        for (Response.Header header : head.headers()) {
            response = response.header(header.name(), header.value());
        }
        return response;
    }
}
