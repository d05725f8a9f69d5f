package dev.treadle.bindings.search;

import dev.treadle.SearchDocument.Flag;
import dev.treadle.SearchDocument.Keywords;
import dev.treadle.SearchDocument.Number;
import dev.treadle.SearchDocument.Text;
import dev.treadle.SearchDocument.Time;
import dev.treadle.SearchDocument.Value;
import dev.treadle.SearchDocument.Vector;
import dev.treadle.SearchFilter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Filters as Lucene has them. */
public record Filters(Schema schema) {
    public Query query(SearchFilter filter) {
        return switch (filter) {
            case SearchFilter.In in -> in(in);
            case SearchFilter.Range range -> range(range);
            case SearchFilter.Exists(String field) ->
                    new TermQuery(new Term(LuceneDocument.FIELDS, field));
            case SearchFilter.And(List<SearchFilter> all) -> joined(all, Occur.FILTER);
            case SearchFilter.Or(List<SearchFilter> all) -> joined(all, Occur.SHOULD);
            case SearchFilter.Not(SearchFilter inner) ->
                    new BooleanQuery.Builder()
                            .add(new MatchAllDocsQuery(), Occur.FILTER)
                            .add(query(inner), Occur.MUST_NOT)
                            .build();
        };
    }

    private Query joined(List<SearchFilter> all, Occur occur) {
        if (all.isEmpty()) {
            return occur == Occur.FILTER ? new MatchAllDocsQuery() : new MatchNoDocsQuery();
        }
        BooleanQuery.Builder joined = new BooleanQuery.Builder();
        all.forEach(each -> joined.add(query(each), occur));
        return joined.build();
    }

    private Query in(SearchFilter.In in) {
        if (in.values().isEmpty()) {
            return new MatchNoDocsQuery();
        }
        Kind kind = Kind.of(in.values().getFirst());
        Optional<String> name = schema.indexed(in.field(), "a filter by " + kind.words(), kind);
        return name.map(field -> oneOf(field, kind, in.values())).orElse(new MatchNoDocsQuery());
    }

    private static Query oneOf(String name, Kind kind, List<Value> values) {
        return switch (kind) {
            case KEYWORDS, FLAG ->
                    KeywordField.newSetQuery(
                            name, values.stream().flatMap(Filters::words).toList());
            case NUMBER ->
                    DoublePoint.newSetQuery(name, values.stream().map(Filters::number).toList());
            case TIME -> LongPoint.newSetQuery(name, values.stream().map(Filters::millis).toList());
            case TEXT, VECTOR -> throw new IllegalStateException("a filter on " + name);
        };
    }

    private Query range(SearchFilter.Range range) {
        List<Value> ends = Stream.of(range.from(), range.to()).flatMap(Optional::stream).toList();
        Kind kind = Kind.of(ends.getFirst());
        Optional<String> name = schema.indexed(range.field(), "a range of " + kind.words(), kind);
        if (name.isEmpty()) {
            return new MatchNoDocsQuery();
        }
        return kind == Kind.NUMBER
                ? DoublePoint.newRangeQuery(
                        name.get(),
                        range.from().map(Filters::number).orElse(Double.NEGATIVE_INFINITY),
                        range.to().map(Filters::number).orElse(Double.POSITIVE_INFINITY))
                : LongPoint.newRangeQuery(
                        name.get(),
                        range.from().map(Filters::millis).orElse(Long.MIN_VALUE),
                        range.to().map(Filters::millis).orElse(Long.MAX_VALUE));
    }

    private static Stream<BytesRef> words(Value value) {
        return switch (value) {
            case Keywords(List<String> all) -> all.stream().map(BytesRef::new);
            case Flag(boolean flag) -> Stream.of(new BytesRef(Boolean.toString(flag)));
            case Text _, Number _, Time _, Vector _ -> Stream.empty();
        };
    }

    private static double number(Value value) {
        return ((Number) value).number();
    }

    private static long millis(Value value) {
        return ((Time) value).time().toEpochMilli();
    }
}
