package dev.treadle.bindings.search.opensearch;

import dev.treadle.SearchDocument.Flag;
import dev.treadle.SearchDocument.Keywords;
import dev.treadle.SearchDocument.Number;
import dev.treadle.SearchDocument.Text;
import dev.treadle.SearchDocument.Time;
import dev.treadle.SearchDocument.Value;
import dev.treadle.SearchDocument.Vector;
import dev.treadle.SearchFilter;
import dev.treadle.SearchQuery;
import dev.treadle.bindings.search.AskedWords;
import dev.treadle.bindings.search.Kind;
import dev.treadle.bindings.search.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Words and filters as the server's queries. */
record IndexQueries(Schema fields) {
    static final Map<String, Object> ALL = Map.of("match_all", Map.of());
    static final Map<String, Object> NONE = Map.of("match_none", Map.of());

    /** So many clauses a query may have with all its near words; the server's own bound is 1024. */
    private static final int CLAUSES = 900;

    /** What is found by words, with scores. */
    Map<String, Object> text(SearchQuery.Words asked) {
        if (asked.text().isBlank()) {
            return ALL;
        }
        AskedWords words = AskedWords.of(asked, fields);
        if (words.areNowhere()) {
            return NONE;
        }
        int room = CLAUSES / (words.words().size() * words.fields().size()) - 1;
        int expansions = Math.min(AskedWords.EXPANSIONS_MAX, room);
        return bool(
                "must",
                words.words().stream()
                        .map(word -> anywhere(word, words.fields(), asked.exact(), expansions))
                        .toList());
    }

    private static Map<String, Object> anywhere(
            String word, Map<String, Double> fields, boolean exact, int expansions) {
        List<Object> each = new ArrayList<>();
        int typos = exact ? 0 : AskedWords.typos(word);
        fields.forEach(
                (field, weight) -> {
                    String path = StoredDocument.path(field);
                    each.add(
                            Map.of(
                                    "term",
                                    Map.of(
                                            path,
                                            Map.of(
                                                    "value",
                                                    word,
                                                    "boost",
                                                    AskedWords.EXACT * weight))));
                    if (typos > 0) {
                        each.add(
                                Map.of(
                                        "fuzzy",
                                        Map.of(path, like(word, typos, expansions, weight))));
                    }
                });
        return Map.of("dis_max", Map.of("queries", each));
    }

    private static Map<String, Object> like(String word, int typos, int expansions, double weight) {
        return Map.of(
                "value", word,
                "fuzziness", typos,
                "prefix_length", AskedWords.RIGHT,
                "max_expansions", expansions,
                "transpositions", true,
                "boost", weight);
    }

    /** Whether a field is there. */
    static Map<String, Object> has(Kind kind, String field) {
        return Map.of("term", Map.of(StoredDocument.NAMES, kind.indexed(field)));
    }

    Map<String, Object> filter(SearchFilter filter) {
        return switch (filter) {
            case SearchFilter.In in -> in(in);
            case SearchFilter.Range range -> range(range);
            case SearchFilter.Exists(String field) ->
                    fields.kind(field).map(kind -> has(kind, field)).orElse(NONE);
            case SearchFilter.And(List<SearchFilter> all) ->
                    all.isEmpty() ? ALL : bool("filter", each(all));
            case SearchFilter.Or(List<SearchFilter> all) ->
                    all.isEmpty() ? NONE : bool("should", each(all));
            case SearchFilter.Not(SearchFilter inner) -> bool("must_not", List.of(filter(inner)));
        };
    }

    private List<Map<String, Object>> each(List<SearchFilter> filters) {
        return filters.stream().map(this::filter).toList();
    }

    /** A query of others, joined in one way. */
    static Map<String, Object> bool(String how, List<?> queries) {
        return Map.of("bool", Map.of(how, queries));
    }

    private Map<String, Object> in(SearchFilter.In in) {
        if (in.values().isEmpty()) {
            return NONE;
        }
        Kind kind = Kind.of(in.values().getFirst());
        if (fields.indexed(in.field(), "a filter by " + kind.words(), kind).isEmpty()) {
            return NONE;
        }
        List<Object> values = in.values().stream().flatMap(IndexQueries::json).toList();
        return Map.of("terms", Map.of(StoredDocument.path(in.field()), values));
    }

    private Map<String, Object> range(SearchFilter.Range range) {
        List<Value> ends = Stream.of(range.from(), range.to()).flatMap(Optional::stream).toList();
        Kind kind = Kind.of(ends.getFirst());
        if (fields.indexed(range.field(), "a range of " + kind.words(), kind).isEmpty()) {
            return NONE;
        }
        Map<String, Object> bounds = new HashMap<>();
        range.from().flatMap(IndexQueries::end).ifPresent(end -> bounds.put("gte", end));
        range.to().flatMap(IndexQueries::end).ifPresent(end -> bounds.put("lte", end));
        return Map.of("range", Map.of(StoredDocument.path(range.field()), bounds));
    }

    private static Optional<Object> end(Value value) {
        return json(value).findFirst();
    }

    private static Stream<Object> json(Value value) {
        return switch (value) {
            case Keywords(List<String> words) -> words.stream().map(word -> word);
            case Number(double number) -> Stream.of(number);
            case Time(var time) -> Stream.of(time.toEpochMilli());
            case Flag(boolean flag) -> Stream.of(flag);
            case Text _, Vector _ -> throw new IllegalStateException("a filter by " + value.kind());
        };
    }
}
