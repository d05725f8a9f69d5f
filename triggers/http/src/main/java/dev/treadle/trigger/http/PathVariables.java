package dev.treadle.trigger.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a path template's variables stand for in one request. */
final class PathVariables {
    static final PathVariables NONE = new PathVariables(List.of(), new String[0]);

    private final List<String> names;
    private final String[] values;

    /** Both in the template's order; values are decoded. */
    PathVariables(List<String> names, String[] values) {
        this.names = names;
        this.values = values;
    }

    /**
     * @throws IllegalArgumentException when the template has no such variable
     */
    String get(String name) {
        int i = names.indexOf(name);
        if (i < 0) {
            throw new IllegalArgumentException(
                    "the route has no variable '" + name + "'; it has " + names);
        }
        return values[i];
    }

    Map<String, String> asMap() {
        if (values.length == 0) {
            return Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            map.put(names.get(i), values[i]);
        }
        return Collections.unmodifiableMap(map);
    }
}
