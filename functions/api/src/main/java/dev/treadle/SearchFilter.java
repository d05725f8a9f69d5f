package dev.treadle;

import dev.treadle.SearchDocument.Flag;
import dev.treadle.SearchDocument.Keywords;
import dev.treadle.SearchDocument.Number;
import dev.treadle.SearchDocument.Time;
import dev.treadle.SearchDocument.Value;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which documents a query may find, whatever their words are. A field that a document does not have
 * is like nothing; of several keywords, one is enough.
 */
public sealed interface SearchFilter {
    /** How many values a filter may list, and how many filters a group may have. */
    int VALUES_MAX = 1000;

    /** How deep filters may be inside of each other. */
    int DEPTH_MAX = 20;

    /**
     * The field is one of these.
     *
     * @param values of one kind, not text
     */
    record In(String field, List<Value> values) implements SearchFilter {
        public In {
            SearchDocument.requireName(field);
            values = List.copyOf(values);
            bound(values.size());
            if (values.stream().map(Value::kind).distinct().count() > 1
                    || values.stream().anyMatch(In::isNoFilter)) {
                throw new IllegalArgumentException(
                        "a filter on '%s' lists keywords, numbers, times or flags, of one kind"
                                .formatted(field));
            }
        }

        private static boolean isNoFilter(Value value) {
            return value instanceof SearchDocument.Text || value instanceof SearchDocument.Vector;
        }
    }

    /**
     * The field is not below the one and not above the other.
     *
     * @param from number or time; empty for no end on this side
     * @param to of the same kind
     */
    record Range(String field, Optional<Value> from, Optional<Value> to) implements SearchFilter {
        public Range {
            SearchDocument.requireName(field);
            from.ifPresent(value -> requireOrdered(field, value));
            to.ifPresent(value -> requireOrdered(field, value));
            if (Stream.of(from, to).flatMap(Optional::stream).map(Value::kind).distinct().count()
                    != 1) {
                throw new IllegalArgumentException(
                        "a range of '%s' is between numbers or between times".formatted(field));
            }
        }

        private static void requireOrdered(String field, Value value) {
            if (!(value instanceof Number) && !(value instanceof Time)) {
                throw new IllegalArgumentException(
                        "a range of '%s' is between numbers or between times, not %s"
                                .formatted(field, value.kind()));
            }
        }
    }

    /** The document has the field. */
    record Exists(String field) implements SearchFilter {
        public Exists {
            SearchDocument.requireName(field);
        }
    }

    /** All of these hold; always true when there are none. */
    record And(List<SearchFilter> filters) implements SearchFilter {
        public And {
            filters = List.copyOf(filters);
            bound(filters.size());
        }
    }

    /** One of these holds at least; never true when there are none. */
    record Or(List<SearchFilter> filters) implements SearchFilter {
        public Or {
            filters = List.copyOf(filters);
            bound(filters.size());
        }
    }

    /** The other does not hold. */
    record Not(SearchFilter filter) implements SearchFilter {}

    /** The field has this keyword. */
    static SearchFilter is(String field, String keyword) {
        return in(field, List.of(keyword));
    }

    /** The field is this number. */
    static SearchFilter is(String field, double number) {
        return new In(field, List.of(new Number(number)));
    }

    /** The field is this moment, to the millisecond. */
    static SearchFilter is(String field, Instant time) {
        return new In(field, List.of(new Time(time)));
    }

    /** The field is true, or false. */
    static SearchFilter is(String field, boolean flag) {
        return new In(field, List.of(new Flag(flag)));
    }

    /** The field has one of these keywords. */
    static SearchFilter in(String field, Collection<String> keywords) {
        return new In(
                field, keywords.stream().<Value>map(each -> new Keywords(List.of(each))).toList());
    }

    /** The field's number is neither below the first nor above the second. */
    static SearchFilter range(String field, double from, double to) {
        return new Range(field, Optional.of(new Number(from)), Optional.of(new Number(to)));
    }

    /** The field's moment is neither before the first nor after the second. */
    static SearchFilter range(String field, Instant from, Instant to) {
        return new Range(field, Optional.of(new Time(from)), Optional.of(new Time(to)));
    }

    /** The field's number is this or more. */
    static SearchFilter atLeast(String field, double number) {
        return new Range(field, Optional.of(new Number(number)), Optional.empty());
    }

    /** The field's number is this or less. */
    static SearchFilter atMost(String field, double number) {
        return new Range(field, Optional.empty(), Optional.of(new Number(number)));
    }

    /** The field's moment is this or later. */
    static SearchFilter atLeast(String field, Instant time) {
        return new Range(field, Optional.of(new Time(time)), Optional.empty());
    }

    /** The field's moment is this or earlier. */
    static SearchFilter atMost(String field, Instant time) {
        return new Range(field, Optional.empty(), Optional.of(new Time(time)));
    }

    /** The document has the field. */
    static SearchFilter exists(String field) {
        return new Exists(field);
    }

    /** All of these hold. */
    static SearchFilter and(SearchFilter... filters) {
        return new And(Arrays.asList(filters));
    }

    /** One of these holds at least. */
    static SearchFilter or(SearchFilter... filters) {
        return new Or(Arrays.asList(filters));
    }

    /** The other does not hold. */
    static SearchFilter not(SearchFilter filter) {
        return new Not(filter);
    }

    /** How deep it goes: one without others inside has the depth 1. */
    default int depth() {
        return switch (this) {
            case In any -> 1;
            case Range any -> 1;
            case Exists any -> 1;
            case Not(SearchFilter inner) -> 1 + inner.depth();
            case And(List<SearchFilter> all) -> 1 + deepest(all);
            case Or(List<SearchFilter> all) -> 1 + deepest(all);
        };
    }

    /** How many filters and values it has, all inner ones counted. */
    default int size() {
        return switch (this) {
            case In listed -> Math.max(1, listed.values().size());
            case Range any -> 1;
            case Exists any -> 1;
            case Not(SearchFilter inner) -> 1 + inner.size();
            case And(List<SearchFilter> all) -> 1 + sum(all);
            case Or(List<SearchFilter> all) -> 1 + sum(all);
        };
    }

    /** Refuses one that is too deep or too large for a query. */
    static void requireBounds(SearchFilter filter) {
        if (filter.depth() > DEPTH_MAX) {
            throw new IllegalArgumentException(
                    "filters are at most %d deep inside of each other".formatted(DEPTH_MAX));
        }
        if (filter.size() > VALUES_MAX) {
            throw new IllegalArgumentException(
                    "filters have at most %d parts and values together".formatted(VALUES_MAX));
        }
    }

    private static int deepest(List<SearchFilter> all) {
        return all.stream().mapToInt(SearchFilter::depth).max().orElse(0);
    }

    private static int sum(List<SearchFilter> all) {
        return all.stream().mapToInt(SearchFilter::size).sum();
    }

    private static void bound(int size) {
        if (size > VALUES_MAX) {
            throw new IllegalArgumentException(
                    "a filter lists at most %d, not %d".formatted(VALUES_MAX, size));
        }
    }
}
