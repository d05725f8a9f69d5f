package dev.treadle.bindings.search.meilisearch;

import dev.treadle.SearchDocument.Flag;
import dev.treadle.SearchDocument.Keywords;
import dev.treadle.SearchDocument.Number;
import dev.treadle.SearchDocument.Text;
import dev.treadle.SearchDocument.Time;
import dev.treadle.SearchDocument.Value;
import dev.treadle.SearchDocument.Vector;
import dev.treadle.SearchFilter;
import dev.treadle.bindings.search.Kind;
import dev.treadle.bindings.search.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Filters in the server's language. */
record FilterText(Schema fields) {
    private static final String ALL = KeptDocument.ID + " EXISTS";
    private static final String NONE = KeptDocument.ID + " NOT EXISTS";

    /** What documents of the store pass, not those that say which fields there are. */
    String of(Optional<SearchFilter> filter) {
        return ALL + filter.map(each -> " AND " + text(each)).orElse("");
    }

    private String text(SearchFilter filter) {
        return switch (filter) {
            case SearchFilter.In in -> in(in);
            case SearchFilter.Range range -> range(range);
            case SearchFilter.Exists(String field) ->
                    fields.kind(field)
                            .map(kind -> KeptDocument.NAMES + " = " + Hex.of(kind.indexed(field)))
                            .orElse(NONE);
            case SearchFilter.And(List<SearchFilter> all) ->
                    all.isEmpty() ? ALL : joined(all, " AND ");
            case SearchFilter.Or(List<SearchFilter> all) ->
                    all.isEmpty() ? NONE : joined(all, " OR ");
            case SearchFilter.Not(SearchFilter inner) -> "NOT (" + text(inner) + ")";
        };
    }

    private String joined(List<SearchFilter> all, String how) {
        return all.stream().map(this::text).collect(Collectors.joining(how, "(", ")"));
    }

    private String in(SearchFilter.In in) {
        if (in.values().isEmpty()) {
            return NONE;
        }
        Kind kind = Kind.of(in.values().getFirst());
        if (fields.indexed(in.field(), "a filter by " + kind.words(), kind).isEmpty()) {
            return NONE;
        }
        return in.values().stream()
                .flatMap(FilterText::words)
                .collect(
                        Collectors.joining(
                                ", ", KeptDocument.path(kind, in.field()) + " IN [", "]"));
    }

    private String range(SearchFilter.Range range) {
        Kind kind = Kind.of(range.from().or(range::to).orElseThrow());
        if (fields.indexed(range.field(), "a range of " + kind.words(), kind).isEmpty()) {
            return NONE;
        }
        String path = KeptDocument.path(kind, range.field());
        List<String> ends = new ArrayList<>();
        range.from().ifPresent(value -> ends.add(path + " >= " + word(value)));
        range.to().ifPresent(value -> ends.add(path + " <= " + word(value)));
        return "(" + String.join(" AND ", ends) + ")";
    }

    private static String word(Value value) {
        return words(value).findFirst().orElseThrow();
    }

    private static Stream<String> words(Value value) {
        return switch (value) {
            case Keywords(List<String> words) ->
                    words.stream().map(word -> '"' + Hex.of(word) + '"');
            case Number(double number) -> Stream.of(Double.toString(number));
            case Time(var time) -> Stream.of(Long.toString(time.toEpochMilli()));
            case Flag(boolean flag) -> Stream.of(Boolean.toString(flag));
            case Text _, Vector _ -> throw new IllegalStateException("a filter by " + value.kind());
        };
    }
}
