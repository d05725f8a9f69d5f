package dev.treadle.bindings.search;

import static org.apache.lucene.search.DocIdSetIterator.NO_MORE_DOCS;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.HitQueue;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/**
 * Looks for what is near a vector. Few documents are all compared, which is faster than to go
 * through a graph and misses none: those of a small index, and those that a filter lets pass. Among
 * many, the index's graph is gone through.
 *
 * @param field with the vectors
 * @param near as the index has vectors
 */
@SuppressWarnings("ArrayRecordComponent") // no value, a piece of work
public record NearSearch(IndexSearcher searcher, String field, float[] near) {
    /** More of them are compared in about half of the time that a graph takes. */
    private static final int COMPARED_MAX = 10_000;

    /** So many are looked at in each graph: more of them, fewer are missed. */
    private static final int LOOKED_AT = 200;

    /**
     * The nearest, the best first.
     *
     * @param wanted how many at most
     * @param allowed what may be found; empty for everything
     */
    public ScoreDoc[] find(int wanted, Optional<Query> allowed) throws IOException {
        Optional<int[]> few = few(allowed);
        if (few.isPresent()) {
            return compared(few.get(), wanted);
        }
        Query graph = new KnnFloatVectorQuery(field, near, LOOKED_AT, allowed.orElse(null));
        return searcher.search(graph, wanted).scoreDocs;
    }

    /** The documents that may be found, in their order; empty when they are many. */
    private Optional<int[]> few(Optional<Query> allowed) throws IOException {
        if (allowed.isEmpty() && searcher.getIndexReader().numDocs() > COMPARED_MAX) {
            return Optional.empty();
        }
        Query query = searcher.rewrite(allowed.orElse(new MatchAllDocsQuery()));
        Weight weight = searcher.createWeight(query, ScoreMode.COMPLETE_NO_SCORES, 1);
        int[] few = new int[COMPARED_MAX];
        int count = 0;
        for (LeafReaderContext part : searcher.getIndexReader().leaves()) {
            Scorer passing = weight.scorer(part);
            Bits alive = part.reader().getLiveDocs();
            DocIdSetIterator all = passing == null ? DocIdSetIterator.empty() : passing.iterator();
            for (int doc = all.nextDoc(); doc != NO_MORE_DOCS; doc = all.nextDoc()) {
                if (alive == null || alive.get(doc)) {
                    if (count == COMPARED_MAX) {
                        return Optional.empty();
                    }
                    few[count++] = part.docBase + doc;
                }
            }
        }
        return Optional.of(Arrays.copyOf(few, count));
    }

    private ScoreDoc[] compared(int[] documents, int wanted) throws IOException {
        HitQueue nearest = new HitQueue(wanted, true);
        int next = 0;
        for (LeafReaderContext part : searcher.getIndexReader().leaves()) {
            int from = next;
            int end = part.docBase + part.reader().maxDoc();
            while (next < documents.length && documents[next] < end) {
                next++;
            }
            if (next > from) {
                compare(part, documents, from, next, nearest);
            }
        }
        return sorted(nearest);
    }

    private void compare(
            LeafReaderContext part, int[] documents, int from, int to, HitQueue nearest)
            throws IOException {
        FloatVectorValues vectors = part.reader().getFloatVectorValues(field);
        FieldInfo info = part.reader().getFieldInfos().fieldInfo(field);
        if (vectors == null || info == null) {
            return;
        }
        VectorSimilarityFunction similarity = info.getVectorSimilarityFunction();
        KnnVectorValues.DocIndexIterator at = vectors.iterator();
        ScoreDoc last = nearest.top();
        for (int i = from; i < to; i++) {
            int doc = documents[i] - part.docBase;
            if (at.docID() < doc) {
                at.advance(doc);
            }
            if (at.docID() > doc) {
                continue; // it has no vector
            }
            float score = similarity.compare(near, vectors.vectorValue(at.index()));
            if (score > last.score) {
                last.score = score;
                last.doc = documents[i];
                last = nearest.updateTop();
            }
        }
    }

    /** The best first, without the places that nothing has taken. */
    private static ScoreDoc[] sorted(HitQueue nearest) {
        while (nearest.size() > 0 && nearest.top().score < 0) {
            nearest.pop();
        }
        ScoreDoc[] found = new ScoreDoc[nearest.size()];
        for (int i = found.length - 1; i >= 0; i--) {
            found[i] = nearest.pop();
        }
        return found;
    }
}
