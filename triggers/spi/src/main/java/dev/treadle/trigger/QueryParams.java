package dev.treadle.trigger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A query string taken apart: {@code application/x-www-form-urlencoded}, order kept per name. */
public final class QueryParams {
    private QueryParams() {}

    /** What is badly encoded is taken as it stands. */
    public static Map<String, List<String>> parse(String query) {
        if (query.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> params = new HashMap<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                params.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
            }
        }
        return params;
    }

    private static String decode(String text) {
        String spaced = text.replace('+', ' ');
        try {
            return PercentCoding.decode(spaced);
        } catch (IllegalArgumentException e) {
            return spaced;
        }
    }
}
