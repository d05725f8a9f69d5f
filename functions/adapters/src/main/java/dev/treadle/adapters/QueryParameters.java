package dev.treadle.adapters;

import dev.treadle.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All query parameters of a request: the API gives them by name only. */
public final class QueryParameters {
    private QueryParameters() {}

    /** Names and values, decoded, in the order they were sent. */
    public static Map<String, List<String>> of(Request request) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String pair : request.query().split("&", -1)) {
            int equals = pair.indexOf('=');
            String name =
                    URLDecoder.decode(
                            equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
            List<String> values = request.queryParams(name);
            if (!values.isEmpty()) {
                all.put(name, values);
            }
        }
        return all;
    }
}
