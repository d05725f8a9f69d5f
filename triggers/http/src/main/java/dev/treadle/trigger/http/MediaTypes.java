package dev.treadle.trigger.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.Locale;

/** What can be told from a media type. */
final class MediaTypes {
    private MediaTypes() {}

    /** The request's media type in lower case without parameters; empty when there is none. */
    static String of(ServerRequestHeaders headers) {
        return headers.contains(HeaderNames.CONTENT_TYPE)
                ? essence(headers.get(HeaderNames.CONTENT_TYPE).get())
                : "";
    }

    /** In lower case, without parameters. */
    static String essence(String mediaType) {
        int semicolon = mediaType.indexOf(';');
        String essence = semicolon < 0 ? mediaType : mediaType.substring(0, semicolon);
        return essence.strip().toLowerCase(Locale.ROOT);
    }

    static boolean isJson(String essence) {
        return essence.equals("application/json")
                || essence.equals("text/json")
                || essence.endsWith("+json");
    }

    /** Whether gzip is worth its while. Event streams are not: each event must leave at once. */
    static boolean isCompressible(String essence) {
        if (essence.startsWith("text/")) {
            return !essence.equals("text/event-stream");
        }
        return essence.endsWith("+json")
                || essence.endsWith("+xml")
                || switch (essence) {
                    case "application/json",
                            "application/xml",
                            "application/javascript",
                            "application/x-ndjson",
                            "application/yaml",
                            "application/wasm" ->
                            true;
                    default -> false;
                };
    }
}
