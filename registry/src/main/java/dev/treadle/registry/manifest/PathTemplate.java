package dev.treadle.registry.manifest;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for a route's path. */
public final class PathTemplate {
    /** The longest path, in characters. */
    static final int LENGTH_MAX = 512;

    /** Where a node answers for itself. */
    private static final String RESERVED = "/_treadle";

    static final String EXPECTED = "a path such as /orders/{id} or /files/{path...}";

    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@-]+");
    private static final Pattern VARIABLE =
            Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)(\\.\\.\\.)?}");

    private PathTemplate() {}

    /**
     * What is wrong with {@code path}, as the rule that it breaks; empty when it is a legal one.
     */
    public static Optional<String> violation(String path) {
        if (!path.startsWith("/")) {
            return Optional.of("a path begins with /");
        }
        if (path.length() > LENGTH_MAX) {
            return Optional.of("a path has " + LENGTH_MAX + " characters at most");
        }
        if (path.equals("/")) {
            return Optional.empty();
        }
        if (path.equals(RESERVED) || path.startsWith(RESERVED + "/")) {
            return Optional.of("what begins with " + RESERVED + "/ is the platform's own");
        }
        List<String> segments = List.of(path.substring(1).split("/", -1));
        Set<String> variables = new HashSet<>();
        for (int i = 0; i < segments.size(); i++) {
            Optional<String> violation =
                    violation(segments.get(i), i == segments.size() - 1, variables);
            if (violation.isPresent()) {
                return violation;
            }
        }
        return Optional.empty();
    }

    /** What stays of a legal path without its variables' names: equal shapes match the same. */
    static String shape(String path) {
        return path.replaceAll("\\{[A-Za-z0-9_]+", "{");
    }

    private static Optional<String> violation(String segment, boolean last, Set<String> variables) {
        if (segment.isEmpty()) {
            return Optional.of("a path has no empty segment, nor a / at its end");
        }
        if (segment.contains("{") || segment.contains("}")) {
            return variableViolation(segment, last, variables);
        }
        if (segment.contains("%")) {
            return Optional.of("a path has no percent-encoding");
        }
        if (segment.equals(".") || segment.equals("..")) {
            return Optional.of("a path has no segment . or ..");
        }
        return TEXT.matcher(segment).matches()
                ? Optional.empty()
                : Optional.of(
                        "the segment `"
                                + segment
                                + "` has a character that a URL path cannot have");
    }

    private static Optional<String> variableViolation(
            String segment, boolean last, Set<String> variables) {
        var variable = VARIABLE.matcher(segment);
        if (!variable.matches()) {
            return Optional.of(
                    "the segment `"
                            + segment
                            + "` is no variable: it is {name} or {name...} alone, the name of letters,"
                            + " digits and _");
        }
        if (variable.group(2) != null && !last) {
            return Optional.of(
                    "`" + segment + "` takes all that follows and can only be the last segment");
        }
        return variables.add(variable.group(1))
                ? Optional.empty()
                : Optional.of("the variable `" + variable.group(1) + "` is there twice");
    }
}
