package dev.treadle.testing;

import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchDocument.Text;
import dev.treadle.SearchDocument.Value;
import dev.treadle.SearchDocument.Vector;
import dev.treadle.SearchQuery;
import dev.treadle.SearchQuery.Shown;
import dev.treadle.SearchResults;
import dev.treadle.SearchResults.Count;
import dev.treadle.SearchResults.Hit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Documents in memory, found by the rules of a node's stores; scores are not those of a node. All
 * is found at once. Safe for threads.
 */
public final class MemorySearch implements Search {
    /** By id. Guarded by this. */
    private final Map<String, SearchDocument> documents = new TreeMap<>();

    /** A value of each field, for its kind. Guarded by this. */
    private final Map<String, Value> firsts = new HashMap<>();

    private MemorySearch() {}

    /** An empty one. */
    public static MemorySearch create() {
        return new MemorySearch();
    }

    @Override
    public synchronized void put(List<SearchDocument> more) {
        bound(more.size());
        Map<String, Value> kinds = new HashMap<>(firsts);
        for (SearchDocument document : more) {
            document.fields().forEach((field, value) -> requireKind(kinds, field, value));
        }
        firsts.putAll(kinds);
        more.forEach(document -> documents.put(document.id(), document));
    }

    static void requireKind(Map<String, Value> kinds, String field, Value value) {
        Value first = kinds.computeIfAbsent(field, name -> value);
        if (!first.kind().equals(value.kind())) {
            throw new IllegalArgumentException(
                    "the field '%s' holds %s since its first value; this one would be %s"
                            .formatted(field, first.kind(), value.kind()));
        }
        if (first instanceof Vector a && value instanceof Vector b) {
            MemoryNear.requireSame(field, a, b);
        }
    }

    @Override
    public synchronized void delete(List<String> ids) {
        bound(ids.size());
        documents.keySet().removeAll(ids);
    }

    @Override
    public synchronized Optional<SearchDocument> get(String id) {
        return Optional.ofNullable(documents.get(id));
    }

    @Override
    public synchronized SearchResults find(SearchQuery query) {
        requireKinds(query);
        MemoryWords words = MemoryWords.of(query, texts());
        MemoryFilter filter = new MemoryFilter(firsts);
        query.filter().ifPresent(filter::check);
        List<Hit> found = new ArrayList<>();
        for (SearchDocument document : documents.values()) {
            double score = words.score(document);
            boolean passes = query.filter().map(each -> filter.holds(each, document)).orElse(true);
            if (score > 0 && passes) {
                found.add(new Hit(score, document, words.highlights(document)));
            }
        }
        List<Hit> chosen = near(query, found, filter);
        chosen.sort(MemoryOrder.of(query.order()));
        Shown shown = query.shown();
        List<Hit> page = chosen.stream().skip(shown.offset()).limit(shown.limit()).toList();
        return new SearchResults(chosen.size(), page, facets(shown, chosen));
    }

    private List<Hit> near(SearchQuery query, List<Hit> found, MemoryFilter filter) {
        if (query.near().isEmpty()) {
            return found;
        }
        List<SearchDocument> all =
                documents.values().stream()
                        .filter(
                                each ->
                                        query.filter()
                                                .map(only -> filter.holds(only, each))
                                                .orElse(true))
                        .toList();
        found.sort(MemoryOrder.of(List.of()));
        return new MemoryNear(query.near().get()).hits(all, query.words().text().isBlank(), found);
    }

    private List<String> texts() {
        return firsts.entrySet().stream()
                .filter(each -> each.getValue() instanceof Text)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void requireKinds(SearchQuery query) {
        Shown shown = query.shown();
        query.words().in().keySet().forEach(field -> require(field, "to search there", "text"));
        shown.highlights().forEach(field -> require(field, "highlighting", "text"));
        query.near().ifPresent(this::requireNear);
        shown.facets().keySet().forEach(field -> require(field, "a facet", "keywords", "flag"));
        query.order()
                .forEach(
                        each ->
                                require(
                                        each.field(),
                                        "sorting",
                                        "keywords",
                                        "number",
                                        "time",
                                        "flag"));
    }

    private void requireNear(SearchQuery.Near near) {
        require(near.field(), "looking near", "vector");
        if (firsts.get(near.field()) instanceof Vector first) {
            MemoryNear.requireSame(near.field(), first, near.vector());
        }
    }

    private void require(String field, String use, String... kinds) {
        Value first = firsts.get(field);
        if (first != null && !List.of(kinds).contains(first.kind())) {
            throw new IllegalArgumentException(
                    "the field '%s' holds %s; %s needs one with %s"
                            .formatted(field, first.kind(), use, String.join(" or ", kinds)));
        }
    }

    private static Map<String, List<Count>> facets(Shown shown, List<Hit> found) {
        Map<String, List<Count>> facets = new LinkedHashMap<>();
        shown.facets().forEach((field, most) -> facets.put(field, counts(field, most, found)));
        return facets;
    }

    private static List<Count> counts(String field, int most, List<Hit> found) {
        Map<String, Long> counts = new HashMap<>();
        for (Hit hit : found) {
            hit.document()
                    .field(field)
                    .ifPresent(
                            value ->
                                    MemoryOrder.words(value)
                                            .distinct()
                                            .forEach(word -> counts.merge(word, 1L, Long::sum)));
        }
        return counts.entrySet().stream()
                .map(each -> new Count(each.getKey(), each.getValue()))
                .sorted(
                        Comparator.comparingLong(Count::documents)
                                .reversed()
                                .thenComparing(Count::value))
                .limit(most)
                .toList();
    }

    private static void bound(int size) {
        if (size > BATCH_MAX) {
            throw new IllegalArgumentException(
                    "at most %d documents at once, not %d".formatted(BATCH_MAX, size));
        }
    }
}
