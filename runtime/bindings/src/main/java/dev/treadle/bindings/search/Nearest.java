package dev.treadle.bindings.search;

import dev.treadle.SearchQuery;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;

/**
 * What is near a vector, as a query for just these documents with their scores, so that it can be
 * counted, sorted and paged like any other.
 */
record Nearest(IndexSearcher searcher, Schema schema) {
    /** So much the first places of an order are leveled when two orders are joined. */
    private static final float LEVEL = 60;

    /**
     * @param text what the words ask for; empty when there are none
     * @param allowed what may be found
     */
    Query query(SearchQuery.Near near, Optional<Query> text, Query allowed) throws IOException {
        Optional<String> name = schema.indexed(near.field(), "looking near", Kind.VECTOR);
        float[] vector = near.vector().vector();
        schema.requireDimensions(near.field(), vector.length);
        Map<String, Float> scores = new LinkedHashMap<>();
        if (name.isPresent()) {
            NearSearch close = new NearSearch(searcher, name.get(), vector);
            add(scores, close.find(near.nearest(), Optional.of(allowed)), text.isEmpty());
        }
        if (text.isPresent()) {
            Query passing =
                    new BooleanQuery.Builder()
                            .add(text.get(), Occur.MUST)
                            .add(allowed, Occur.FILTER)
                            .build();
            add(scores, searcher.search(passing, near.nearest()).scoreDocs, false);
        }
        return these(scores);
    }

    /**
     * @param asIs whether a score counts as it is, instead of by its place
     */
    private void add(Map<String, Float> scores, ScoreDoc[] found, boolean asIs) throws IOException {
        for (int place = 0; place < found.length; place++) {
            float score = asIs ? found[place].score : 1 / (LEVEL + place + 1);
            scores.merge(id(found[place].doc), score, Float::sum);
        }
    }

    private String id(int document) throws IOException {
        return searcher.storedFields()
                .document(document, Set.of(LuceneDocument.ID))
                .get(LuceneDocument.ID);
    }

    private static Query these(Map<String, Float> scores) {
        if (scores.isEmpty()) {
            return new MatchNoDocsQuery();
        }
        BooleanQuery.Builder these = new BooleanQuery.Builder();
        scores.forEach(
                (id, score) -> {
                    Term term = LuceneDocument.id(id);
                    Query one = new ConstantScoreQuery(new TermQuery(term));
                    these.add(new BoostQuery(one, score), Occur.SHOULD);
                });
        return these.build();
    }
}
