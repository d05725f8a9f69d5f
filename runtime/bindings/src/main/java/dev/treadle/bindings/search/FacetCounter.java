package dev.treadle.bindings.search;

import dev.treadle.SearchResults.Count;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Counts the values of a field in what a query finds. For one thread. */
final class FacetCounter extends SimpleCollector {
    private final String name;
    private final Map<String, Long> counts = new HashMap<>();
    private SortedSetDocValues values = DocValues.emptySortedSet();

    /** How often each value of the segment occurs. */
    private long[] segment = {};

    private FacetCounter(String name) {
        this.name = name;
    }

    /**
     * Counts a field.
     *
     * @param name in the index
     * @param valuesMax how many values to tell
     */
    record Manager(String name, int valuesMax)
            implements CollectorManager<FacetCounter, List<Count>> {
        @Override
        public FacetCounter newCollector() {
            return new FacetCounter(name);
        }

        @Override
        public List<Count> reduce(Collection<FacetCounter> counters) {
            Map<String, Long> sums = new HashMap<>();
            for (FacetCounter counter : counters) {
                counter.counts.forEach((value, count) -> sums.merge(value, count, Long::sum));
            }
            return sums.entrySet().stream()
                    .map(each -> new Count(each.getKey(), each.getValue()))
                    .sorted(
                            Comparator.comparingLong(Count::documents)
                                    .reversed()
                                    .thenComparing(Count::value))
                    .limit(valuesMax)
                    .toList();
        }
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
        values = DocValues.getSortedSet(context.reader(), name);
        segment = new long[Math.toIntExact(values.getValueCount())];
    }

    @Override
    public void collect(int document) throws IOException {
        if (values.advanceExact(document)) {
            for (int i = 0; i < values.docValueCount(); i++) {
                segment[(int) values.nextOrd()]++;
            }
        }
    }

    @Override
    public void finish() throws IOException {
        for (int ord = 0; ord < segment.length; ord++) {
            if (segment[ord] > 0) {
                counts.merge(values.lookupOrd(ord).utf8ToString(), segment[ord], Long::sum);
            }
        }
        segment = new long[] {};
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }
}
