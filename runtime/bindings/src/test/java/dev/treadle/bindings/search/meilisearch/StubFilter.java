package dev.treadle.bindings.search.meilisearch;

import dev.treadle.bindings.search.meilisearch.MeilisearchStub.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A filter in Meilisearch's language, on one document. AND binds closer than OR. */
final class StubFilter {
    private static final Pattern TOKEN =
            Pattern.compile("\"[^\"]*\"|[(),\\[\\]]|>=|<=|=|[^\\s(),\\[\\]=<>\"]+");

    private final List<String> tokens;
    private final JsonNode document;
    private final Consumer<String> attributes;
    private int at;

    /**
     * @param attributes is told of each that is used
     */
    StubFilter(String text, JsonNode document, Consumer<String> attributes) {
        this.tokens = TOKEN.matcher(text).results().map(MatchResult::group).toList();
        this.document = document;
        this.attributes = attributes;
    }

    boolean passes() {
        boolean passes = either();
        if (at < tokens.size()) {
            throw new Refused(400, "invalid_search_filter: " + tokens);
        }
        return passes;
    }

    private boolean either() {
        boolean holds = both();
        while (take("OR")) {
            holds = both() | holds;
        }
        return holds;
    }

    private boolean both() {
        boolean holds = one();
        while (take("AND")) {
            holds = one() & holds;
        }
        return holds;
    }

    private boolean one() {
        if (take("NOT")) {
            return !one();
        }
        if (take("(")) {
            boolean holds = either();
            expect(")");
            return holds;
        }
        return condition();
    }

    private boolean condition() {
        String attribute = next();
        attributes.accept(attribute);
        boolean exists = isThere(attribute);
        List<JsonNode> values = StubIndex.values(document, attribute);
        return switch (next()) {
            case "EXISTS" -> exists;
            case "NOT" -> {
                expect("EXISTS");
                yield !exists;
            }
            case "=" -> any(values, List.of(next()));
            case "IN" -> any(values, list());
            case ">=" -> compare(values, next(), true);
            case "<=" -> compare(values, next(), false);
            default -> throw new Refused(400, "invalid_search_filter: " + tokens);
        };
    }

    private boolean isThere(String attribute) {
        JsonNode node = document;
        for (String step : attribute.split("\\.", -1)) {
            node = node.path(step);
        }
        return !node.isMissingNode();
    }

    private List<String> list() {
        List<String> values = new ArrayList<>();
        expect("[");
        do {
            values.add(next());
        } while (take(","));
        expect("]");
        return values;
    }

    /** Without case, as the documentation says. */
    private static boolean any(List<JsonNode> values, List<String> wanted) {
        return values.stream()
                .anyMatch(value -> wanted.stream().anyMatch(each -> equal(value, plain(each))));
    }

    private static boolean equal(JsonNode value, String wanted) {
        return value.isNumber()
                ? value.asDouble() == Double.parseDouble(wanted)
                : value.asString().equalsIgnoreCase(wanted);
    }

    private static boolean compare(List<JsonNode> values, String than, boolean above) {
        double end = Double.parseDouble(than);
        return values.stream()
                .anyMatch(value -> above ? value.asDouble() >= end : value.asDouble() <= end);
    }

    private static String plain(String token) {
        return token.startsWith("\"") ? token.substring(1, token.length() - 1) : token;
    }

    private String next() {
        return tokens.get(at++);
    }

    private boolean take(String token) {
        boolean there = at < tokens.size() && tokens.get(at).equals(token);
        at += there ? 1 : 0;
        return there;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw new Refused(400, "invalid_search_filter: " + tokens);
        }
    }
}
