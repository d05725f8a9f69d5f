package dev.treadle.testing;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The query part of a target.
 *
 * @param encoded as it is sent, without the question mark
 */
record Query(String encoded) {
    static final Query NONE = new Query("");

    Query and(String name, String value) {
        String pair = encode(name) + "=" + encode(value);
        return new Query(encoded.isEmpty() ? pair : encoded + "&" + pair);
    }

    List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (!pair.isEmpty() && decode(key).equals(name)) {
                values.add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
