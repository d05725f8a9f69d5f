package dev.treadle.adapters.lambda;

import dev.treadle.Request;
import dev.treadle.adapters.QueryParameters;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What both formats of API Gateway's events have. */
final class EventParts {
    private static final List<String> TEXT =
            List.of("json", "xml", "javascript", "x-www-form-urlencoded", "graphql", "yaml");

    private EventParts() {}

    /** A body, as text or in Base64. */
    record Body(String text, boolean isBase64) {}

    static Map<String, List<String>> query(Request request) {
        return QueryParameters.of(request);
    }

    static Body body(Request request) {
        byte[] bytes = request.body();
        return isText(request.contentType().orElse("text/plain").toLowerCase(Locale.ROOT))
                ? new Body(new String(bytes, StandardCharsets.UTF_8), false)
                : new Body(Base64.getEncoder().encodeToString(bytes), true);
    }

    private static boolean isText(String mediaType) {
        return mediaType.startsWith("text/") || TEXT.stream().anyMatch(mediaType::contains);
    }
}
