package dev.treadle.bindings.vectors.qdrant;

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
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Filters as Qdrant has them.
 *
 * @param schema what is known of the fields
 */
record QdrantFilters(Schema schema) {
    /** Every point has an id. */
    private static final Condition NEVER = ConditionFactory.isEmpty(QdrantPoints.ID);

    /** What passes an optional filter, and is not hidden. */
    Filter allowed(Optional<SearchFilter> filter, Set<String> hidden) {
        Filter.Builder allowed = Filter.newBuilder();
        filter.ifPresent(each -> allowed.addMust(condition(each)));
        if (!hidden.isEmpty()) {
            allowed.addMustNot(
                    ConditionFactory.hasId(hidden.stream().map(QdrantPoints::id).toList()));
        }
        return allowed.build();
    }

    private Condition condition(SearchFilter filter) {
        return switch (filter) {
            case SearchFilter.In in -> in(in);
            case SearchFilter.Range range -> range(range);
            case SearchFilter.Exists(String field) ->
                    ConditionFactory.matchKeyword(QdrantPoints.FIELDS, field);
            case SearchFilter.And(List<SearchFilter> all) ->
                    all.isEmpty()
                            ? not(NEVER)
                            : ConditionFactory.filter(
                                    Filter.newBuilder()
                                            .addAllMust(all.stream().map(this::condition).toList())
                                            .build());
            case SearchFilter.Or(List<SearchFilter> all) ->
                    oneOf(all.stream().map(this::condition).toList());
            case SearchFilter.Not(SearchFilter inner) -> not(condition(inner));
        };
    }

    private static Condition not(Condition condition) {
        return ConditionFactory.filter(Filter.newBuilder().addMustNot(condition).build());
    }

    private static Condition oneOf(List<Condition> all) {
        return all.isEmpty()
                ? NEVER
                : ConditionFactory.filter(Filter.newBuilder().addAllShould(all).build());
    }

    private Condition in(SearchFilter.In in) {
        if (in.values().isEmpty()) {
            return NEVER;
        }
        String path = path(in.field(), Kind.of(in.values().getFirst()), "a filter by ");
        return oneOf(in.values().stream().flatMap(value -> is(path, value)).toList());
    }

    private static Stream<Condition> is(String path, Value value) {
        return switch (value) {
            case Keywords(List<String> words) ->
                    Stream.of(ConditionFactory.matchKeywords(path, words));
            case Number(double number) -> Stream.of(between(path, number, number));
            case Time(Instant time) -> Stream.of(ConditionFactory.match(path, time.toEpochMilli()));
            case Flag(boolean flag) -> Stream.of(ConditionFactory.match(path, flag));
            case Text _, Vector _ -> Stream.empty();
        };
    }

    private Condition range(SearchFilter.Range range) {
        Value end = range.from().or(range::to).orElseThrow();
        return between(
                path(range.field(), Kind.of(end), "a range of "),
                range.from().map(QdrantFilters::number).orElse(Double.NEGATIVE_INFINITY),
                range.to().map(QdrantFilters::number).orElse(Double.POSITIVE_INFINITY));
    }

    private static Condition between(String path, double from, double to) {
        Range.Builder range = Range.newBuilder();
        if (from != Double.NEGATIVE_INFINITY) {
            range.setGte(from);
        }
        if (to != Double.POSITIVE_INFINITY) {
            range.setLte(to);
        }
        return ConditionFactory.range(path, range.build());
    }

    private static double number(Value value) {
        return switch (value) {
            case Number(double number) -> number;
            case Time(Instant time) -> time.toEpochMilli();
            case Text _, Keywords _, Flag _, Vector _ ->
                    throw new IllegalStateException("a range of " + value.kind());
        };
    }

    /** Refuses another kind than the field is known to have. */
    private String path(String field, Kind kind, String use) {
        Optional<String> _ = schema.indexed(field, use + kind.words(), kind);
        return QdrantPoints.path(kind, field);
    }
}
