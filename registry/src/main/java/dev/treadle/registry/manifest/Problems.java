package dev.treadle.registry.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Gathers what is wrong with a document while it is read. For one thread. */
final class Problems {
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    /** What stands at {@code at} is not what was expected. */
    void error(At at, String expected) {
        error(at, expected, at.found(), Optional.empty());
    }

    void error(At at, String expected, String found, Optional<String> suggestion) {
        String message =
                "%sexpected %s, found %s%s"
                        .formatted(prefix(at.path()), expected, found, didYouMean(suggestion));
        errors.add(new Problem(at.path(), at.line(), expected, found, suggestion, message));
    }

    /** For what is better said in words of its own. */
    void error(Problem problem) {
        errors.add(problem);
    }

    void unknownKey(At at, String key, List<String> known, Optional<String> suggestion) {
        String expected = "one of " + String.join(", ", known);
        String message =
                "%sunknown key, it has no effect%s"
                        .formatted(prefix(at.path()), didYouMean(suggestion));
        warnings.add(
                new Problem(at.path(), at.line(), expected, "`" + key + "`", suggestion, message));
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    List<Problem> errors() {
        return sorted(errors);
    }

    List<Problem> warnings() {
        return sorted(warnings);
    }

    static String prefix(String path) {
        return path.isEmpty() ? "" : path + ": ";
    }

    static String didYouMean(Optional<String> suggestion) {
        return suggestion.map(word -> "; did you mean `" + word + "`?").orElse("");
    }

    private static List<Problem> sorted(List<Problem> problems) {
        return problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }
}
