package dev.treadle.bindings.search;

import dev.treadle.SearchQuery.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSortField;
import org.apache.lucene.search.SortedSetSortField;

/** What comes first, as Lucene has it. What has no value comes last; what is equal, by its id. */
record Orders(Schema schema) {
    Sort sort(List<Order> orders) {
        List<SortField> fields = new ArrayList<>();
        for (Order order : orders) {
            Optional<String> name =
                    schema.indexed(
                            order.field(),
                            "sorting",
                            Kind.KEYWORDS,
                            Kind.NUMBER,
                            Kind.TIME,
                            Kind.FLAG);
            name.ifPresent(each -> fields.add(field(each, order.descending())));
        }
        fields.add(SortField.FIELD_SCORE);
        fields.add(new SortField(LuceneDocument.ID, SortField.Type.STRING));
        return new Sort(fields.toArray(SortField[]::new));
    }

    /** What was found, as it was sorted, has its score before its id. */
    static float score(FieldDoc found) {
        return (Float) found.fields[found.fields.length - 2];
    }

    private static SortField field(String name, boolean descending) {
        return switch (Kind.ofIndexed(name)) {
            case KEYWORDS, FLAG -> {
                SortField field = new SortedSetSortField(name, descending);
                field.setMissingValue(descending ? SortField.STRING_FIRST : SortField.STRING_LAST);
                yield field;
            }
            case NUMBER -> {
                SortField field =
                        new SortedNumericSortField(name, SortField.Type.DOUBLE, descending);
                field.setMissingValue(
                        descending ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
                yield field;
            }
            case TIME -> {
                SortField field = new SortedNumericSortField(name, SortField.Type.LONG, descending);
                field.setMissingValue(descending ? Long.MIN_VALUE : Long.MAX_VALUE);
                yield field;
            }
            case TEXT, VECTOR -> throw new IllegalStateException("sorting by " + name);
        };
    }
}
