package dev.treadle.trigger.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.treadle.Response;
import dev.treadle.trigger.grpc.v1.InvokeResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Functions' answers as messages. */
final class GrpcAnswers {
    private static final String CONTENT_TYPE = "content-type";

    private GrpcAnswers() {}

    /** The answer without its body, and with this instead. */
    static InvokeResponse of(Response answer, ByteString data) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Response.Header header : answer.headers()) {
            headers.merge(
                    header.name().toLowerCase(Locale.ROOT),
                    header.value(),
                    (first, next) -> first + ", " + next);
        }
        String contentType = headers.remove(CONTENT_TYPE);
        return InvokeResponse.newBuilder()
                .setStatus(answer.status())
                .setContentType(contentType == null ? "" : contentType)
                .putAllHeaders(headers)
                .setData(data)
                .build();
    }

    /** The body of an answer that is there as a whole; nobody else has its bytes. */
    static ByteString data(Response answer) {
        return switch (answer.body()) {
            case Response.Body.Bytes(byte[] bytes) -> UnsafeByteOperations.unsafeWrap(bytes);
            case Response.Body.Json _, Response.Body.Stream _, Response.Body.Sse _ ->
                    throw new IllegalArgumentException("the body was not turned into bytes");
        };
    }
}
