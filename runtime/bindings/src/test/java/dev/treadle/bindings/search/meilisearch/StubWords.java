package dev.treadle.bindings.search.meilisearch;

import dev.treadle.bindings.search.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a request looks for: words that must all be there, those in quotes without typos. */
final class StubWords {
    private static final Pattern ASKED = Pattern.compile("\"([^\"]*)\"|\\S+");

    private final JsonNode asked;
    private final JsonNode typos;
    private final List<String> searched;
    private final List<String> words;

    StubWords(JsonNode asked, JsonNode settings) {
        this.asked = asked;
        this.typos = settings.path("typoTolerance").path("minWordSizeForTypos");
        this.searched =
                (asked.has("attributesToSearchOn")
                                ? asked.path("attributesToSearchOn")
                                : settings.path("searchableAttributes"))
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList();
        this.words =
                ASKED.matcher(asked.path("q").asString(""))
                        .results()
                        .map(MatchResult::group)
                        .limit(10)
                        .toList();
    }

    /** Zero when it does not have them all; one without words. */
    double score(JsonNode document) {
        int wrong = 0;
        for (String word : words) {
            int least = Integer.MAX_VALUE;
            for (String there : there(document)) {
                least = Math.min(least, distance(word, there));
            }
            if (least > most(word)) {
                return 0;
            }
            wrong += least;
        }
        return 1.0 / (1 + wrong);
    }

    private List<String> there(JsonNode document) {
        List<String> all = new ArrayList<>();
        for (String attribute : searched) {
            StubIndex.values(document, attribute).forEach(each -> all.addAll(words(each)));
        }
        return all;
    }

    private static List<String> words(JsonNode value) {
        return value.isObject()
                ? value.valueStream().flatMap(each -> words(each).stream()).toList()
                : Words.of(value.asString());
    }

    private int most(String word) {
        if (word.startsWith("\"")) {
            return 0;
        }
        if (word.length() < typos.path("oneTypo").asInt()) {
            return 0;
        }
        return word.length() < typos.path("twoTypos").asInt() ? 1 : 2;
    }

    /** A wrong first letter counts twice. */
    private static int distance(String asked, String there) {
        String word = asked.replace("\"", "");
        int first = word.charAt(0) == there.charAt(0) ? 0 : 1;
        int[][] d = new int[word.length() + 1][there.length() + 1];
        for (int i = 0; i <= word.length(); i++) {
            for (int j = 0; j <= there.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, word, there, i, j);
            }
        }
        return d[word.length()][there.length()] + first;
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best =
                Math.min(
                        Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1),
                        d[i - 1][j - 1] + (same ? 0 : 1));
        boolean changedAbout =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return changedAbout ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }

    ObjectNode hit(ObjectNode document) {
        ObjectNode hit = document.deepCopy();
        hit.put("_rankingScore", score(document));
        ObjectNode formatted = document.deepCopy();
        for (JsonNode attribute : asked.path("attributesToHighlight")) {
            String[] path = attribute.asString().split("\\.", 2);
            if (formatted.path(path[0]).has(path[1])) {
                ObjectNode object = (ObjectNode) formatted.path(path[0]);
                object.put(path[1], highlighted(object.path(path[1]).asString()));
            }
        }
        hit.set("_formatted", formatted);
        return hit;
    }

    private String highlighted(String text) {
        String begin = asked.path("highlightPreTag").asString();
        String end = asked.path("highlightPostTag").asString();
        return Pattern.compile("[\\p{L}\\p{N}]+")
                .matcher(text)
                .replaceAll(
                        found ->
                                isAsked(found.group())
                                        ? begin + found.group() + end
                                        : found.group());
    }

    private boolean isAsked(String there) {
        return Words.of(there).stream()
                .anyMatch(
                        each ->
                                words.stream()
                                        .anyMatch(word -> distance(word, each) <= most(word)));
    }
}
