package dev.treadle.engine;

import dev.treadle.registry.Manifest;
import dev.treadle.registry.TriggerSpec;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a path's variables by a function's own routes, for requests that passed no HTTP trigger.
 */
final class Routes {
    private Routes() {}

    /**
     * Those of the first route that fits, the ones with the fewest variables before others; empty
     * when none fits.
     *
     * @param path encoded
     */
    static Map<String, String> pathParams(Manifest manifest, String method, String path) {
        Optional<Map<String, String>> least = Optional.empty();
        for (TriggerSpec.Http route : manifest.routes()) {
            if (route.methods().isEmpty() || route.methods().contains(method)) {
                Optional<Map<String, String>> found = match(route.path(), path);
                if (found.isPresent()
                        && (least.isEmpty() || found.get().size() < least.get().size())) {
                    least = found;
                }
            }
        }
        return least.orElse(Map.of());
    }

    private static Optional<Map<String, String>> match(String template, String path) {
        List<String> wanted = List.of(template.substring(1).split("/", -1));
        List<String> given = List.of(path.substring(1).split("/", -1));
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String segment = wanted.get(i);
            if (i >= given.size()) {
                return Optional.empty();
            }
            if (segment.endsWith("...}")) {
                String rest = String.join("/", given.subList(i, given.size()));
                variables.put(segment.substring(1, segment.length() - 4), decode(rest));
                return Optional.of(variables);
            }
            String value = decode(given.get(i));
            if (segment.startsWith("{") && !value.isEmpty()) {
                variables.put(segment.substring(1, segment.length() - 1), value);
            } else if (!segment.equals(value)) {
                return Optional.empty();
            }
        }
        return wanted.size() == given.size() ? Optional.of(variables) : Optional.empty();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
