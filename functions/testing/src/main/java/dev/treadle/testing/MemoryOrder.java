package dev.treadle.testing;

import dev.treadle.SearchDocument.Flag;
import dev.treadle.SearchDocument.Keywords;
import dev.treadle.SearchDocument.Number;
import dev.treadle.SearchDocument.Text;
import dev.treadle.SearchDocument.Time;
import dev.treadle.SearchDocument.Value;
import dev.treadle.SearchDocument.Vector;
import dev.treadle.SearchQuery.Order;
import dev.treadle.SearchResults.Hit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What comes first among what a {@link MemorySearch} finds. */
final class MemoryOrder {
    private MemoryOrder() {}

    static Comparator<Hit> of(List<Order> orders) {
        Comparator<Hit> last =
                Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::id);
        Comparator<Hit> all = last;
        for (Order order : orders.reversed()) {
            all = by(order).thenComparing(all);
        }
        return all;
    }

    /** What has nothing there comes last. */
    private static Comparator<Hit> by(Order order) {
        Comparator<Value> values = MemoryOrder::compare;
        Comparator<Value> directed = order.descending() ? values.reversed() : values;
        return (a, b) -> {
            Optional<Value> first = value(a, order.field());
            Optional<Value> second = value(b, order.field());
            if (first.isEmpty() || second.isEmpty()) {
                return Boolean.compare(first.isEmpty(), second.isEmpty());
            }
            return directed.compare(first.get(), second.get());
        };
    }

    private static Optional<Value> value(Hit hit, String field) {
        return hit.document()
                .field(field)
                .filter(value -> !(value instanceof Keywords words) || !words.keywords().isEmpty());
    }

    /** Of several keywords the least counts. */
    static int compare(Value a, Value b) {
        if (a instanceof Number first && b instanceof Number second) {
            return Double.compare(first.number(), second.number());
        }
        if (a instanceof Time first && b instanceof Time second) {
            return first.time().compareTo(second.time());
        }
        return least(a).compareTo(least(b));
    }

    private static String least(Value value) {
        return words(value).min(Comparator.naturalOrder()).orElse("");
    }

    /** The values that a facet counts. */
    static Stream<String> words(Value value) {
        return switch (value) {
            case Keywords words -> words.keywords().stream();
            case Flag flag -> Stream.of(Boolean.toString(flag.flag()));
            case Text none -> Stream.empty();
            case Number none -> Stream.empty();
            case Time none -> Stream.empty();
            case Vector none -> Stream.empty();
        };
    }
}
