package dev.treadle.testing;

import dev.treadle.SearchDocument;
import dev.treadle.SearchDocument.Keywords;
import dev.treadle.SearchDocument.Value;
import dev.treadle.SearchFilter;
import java.util.Map;
import java.util.Optional;

/**
 * Filters as a {@link MemorySearch} has them.
 *
 * @param firsts a value of each field, for its kind
 */
record MemoryFilter(Map<String, Value> firsts) {
    /** Refuses what does not fit the kinds of the fields. */
    void check(SearchFilter filter) {
        switch (filter) {
            case SearchFilter.In in -> in.values().forEach(value -> requireKind(in.field(), value));
            case SearchFilter.Range range -> {
                range.from().ifPresent(value -> requireKind(range.field(), value));
                range.to().ifPresent(value -> requireKind(range.field(), value));
            }
            case SearchFilter.Exists any -> {}
            case SearchFilter.And and -> and.filters().forEach(this::check);
            case SearchFilter.Or or -> or.filters().forEach(this::check);
            case SearchFilter.Not not -> check(not.filter());
        }
    }

    private void requireKind(String field, Value value) {
        Value first = firsts.get(field);
        if (first != null && !first.kind().equals(value.kind())) {
            throw new IllegalArgumentException(
                    "the field '%s' holds %s; a filter by %s does not fit"
                            .formatted(field, first.kind(), value.kind()));
        }
    }

    boolean holds(SearchFilter filter, SearchDocument document) {
        return switch (filter) {
            case SearchFilter.In in ->
                    document.field(in.field())
                            .map(value -> in.values().stream().anyMatch(each -> is(value, each)))
                            .orElse(false);
            case SearchFilter.Range range ->
                    document.field(range.field()).map(value -> within(range, value)).orElse(false);
            case SearchFilter.Exists exists -> document.field(exists.field()).isPresent();
            case SearchFilter.And and ->
                    and.filters().stream().allMatch(each -> holds(each, document));
            case SearchFilter.Or or ->
                    or.filters().stream().anyMatch(each -> holds(each, document));
            case SearchFilter.Not not -> !holds(not.filter(), document);
        };
    }

    private static boolean is(Value value, Value wanted) {
        if (value instanceof Keywords has && wanted instanceof Keywords words) {
            return words.keywords().stream().anyMatch(has.keywords()::contains);
        }
        return value.equals(wanted);
    }

    private static boolean within(SearchFilter.Range range, Value value) {
        Optional<Value> from = range.from();
        Optional<Value> to = range.to();
        return (from.isEmpty() || MemoryOrder.compare(value, from.get()) >= 0)
                && (to.isEmpty() || MemoryOrder.compare(value, to.get()) <= 0);
    }
}
