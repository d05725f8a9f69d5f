package dev.treadle.bindings.search;

import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.SearchResults.Count;
import dev.treadle.SearchResults.Hit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;

/**
 * Looks into one state of an index. For one thread.
 *
 * @param patience how long a query may take
 * @param visible what may be found at all; empty for everything
 */
record Finder(IndexReader reader, Schema schema, Duration patience, Optional<Query> visible) {
    Optional<SearchDocument> get(String id) throws IOException {
        PatientSearcher searcher = new PatientSearcher(reader, patience);
        Query query = seen(new TermQuery(new Term(LuceneDocument.ID, id)));
        ScoreDoc[] found = searcher.search(query, 1).scoreDocs;
        searcher.requireWhole();
        return found.length == 0 ? Optional.empty() : Optional.of(document(searcher, found[0].doc));
    }

    SearchResults find(SearchQuery asked) throws IOException {
        PatientSearcher searcher = new PatientSearcher(reader, patience);
        Query text = new TextQueries(schema).query(asked.words());
        Query query = seen(filtered(ranked(searcher, text, asked), asked));
        SearchQuery.Shown shown = asked.shown();
        List<Facet> facets = facets(shown);
        int wanted = shown.offset() + shown.limit();
        List<CollectorManager<?, ?>> managers = new ArrayList<>();
        managers.add(
                new TopFieldCollectorManager(
                        new Orders(schema).sort(asked.order()),
                        Math.max(1, wanted),
                        null,
                        Integer.MAX_VALUE));
        for (Facet facet : facets) {
            facet.counter().ifPresent(managers::add);
        }
        Object[] collected = searcher.search(query, manager(managers));
        searcher.requireWhole();
        TopFieldDocs top = (TopFieldDocs) collected[0];
        ScoreDoc[] page = page(top, shown.offset(), wanted);
        List<Map<String, String>> highlights =
                new Highlights(searcher, schema).of(text, shown.highlights(), page);
        List<Hit> hits = hits(searcher, page, highlights);
        searcher.requireWhole();
        return new SearchResults(top.totalHits.value(), hits, counts(facets, collected));
    }

    private Query ranked(PatientSearcher searcher, Query text, SearchQuery asked)
            throws IOException {
        if (asked.near().isEmpty()) {
            return text;
        }
        Optional<Query> words =
                asked.words().text().isBlank() ? Optional.empty() : Optional.of(text);
        Query allowed = seen(filtered(new MatchAllDocsQuery(), asked));
        Query query = new Nearest(searcher, schema).query(asked.near().get(), words, allowed);
        searcher.requireWhole();
        return query;
    }

    private Query filtered(Query text, SearchQuery asked) {
        if (asked.filter().isEmpty()) {
            return text;
        }
        return both(text, new Filters(schema).query(asked.filter().get()));
    }

    private Query seen(Query query) {
        return visible.isEmpty() ? query : both(query, visible.get());
    }

    private static Query both(Query scored, Query filter) {
        return new BooleanQuery.Builder().add(scored, Occur.MUST).add(filter, Occur.FILTER).build();
    }

    /**
     * A field whose values are counted.
     *
     * @param counter empty when no document has it yet
     */
    private record Facet(String field, Optional<FacetCounter.Manager> counter) {}

    private List<Facet> facets(SearchQuery.Shown shown) {
        List<Facet> facets = new ArrayList<>();
        shown.facets()
                .forEach(
                        (field, most) ->
                                facets.add(
                                        new Facet(
                                                field,
                                                schema.indexed(
                                                                field,
                                                                "a facet",
                                                                Kind.KEYWORDS,
                                                                Kind.FLAG)
                                                        .map(
                                                                name ->
                                                                        new FacetCounter.Manager(
                                                                                name, most)))));
        return facets;
    }

    private static MultiCollectorManager manager(List<CollectorManager<?, ?>> managers) {
        return new MultiCollectorManager(managers.toArray(CollectorManager[]::new));
    }

    private static ScoreDoc[] page(TopDocs top, int from, int to) {
        int end = Math.min(to, top.scoreDocs.length);
        return Arrays.copyOfRange(top.scoreDocs, Math.min(from, end), end);
    }

    private static List<Hit> hits(
            IndexSearcher searcher, ScoreDoc[] page, List<Map<String, String>> highlights)
            throws IOException {
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < page.length; i++) {
            float score = Orders.score((FieldDoc) page[i]);
            hits.add(new Hit(score, document(searcher, page[i].doc), highlights.get(i)));
        }
        return hits;
    }

    private static SearchDocument document(IndexSearcher searcher, int number) throws IOException {
        return LuceneDocument.read(searcher.storedFields().document(number));
    }

    private static Map<String, List<Count>> counts(List<Facet> facets, Object[] collected) {
        Map<String, List<Count>> counts = new LinkedHashMap<>();
        int next = 1;
        for (Facet facet : facets) {
            counts.put(
                    facet.field(),
                    facet.counter().isPresent() ? counts(collected[next++]) : List.of());
        }
        return counts;
    }

    private static List<Count> counts(Object collected) {
        List<Count> counts = new ArrayList<>();
        ((List<?>) collected).forEach(each -> counts.add((Count) each));
        return counts;
    }
}
