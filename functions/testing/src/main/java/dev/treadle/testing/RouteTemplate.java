package dev.treadle.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path template as in a manifest: text segments, {@code {name}} for one segment, a last {@code
 * {name...}} for all that follow.
 */
record RouteTemplate(List<String> segments) {
    static RouteTemplate parse(String template) {
        if (!template.startsWith("/")) {
            throw new IllegalArgumentException("a route begins with '/': " + template);
        }
        return new RouteTemplate(split(template));
    }

    /** The path's variables; empty when the path is not of this form. */
    Optional<Map<String, String>> match(String path) {
        List<String> parts = split(path);
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (isRest(segment)) {
                String rest =
                        String.join("/", parts.subList(Math.min(i, parts.size()), parts.size()));
                variables.put(segment.substring(1, segment.length() - "...}".length()), rest);
                return Optional.of(variables);
            }
            if (i >= parts.size()) {
                return Optional.empty();
            }
            if (isVariable(segment) && !parts.get(i).isEmpty()) {
                variables.put(segment.substring(1, segment.length() - 1), parts.get(i));
            } else if (!segment.equals(parts.get(i))) {
                return Optional.empty();
            }
        }
        return parts.size() == segments.size() ? Optional.of(variables) : Optional.empty();
    }

    private static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static boolean isRest(String segment) {
        return segment.startsWith("{") && segment.endsWith("...}");
    }

    @Override
    public String toString() {
        return "/" + String.join("/", segments);
    }
}
