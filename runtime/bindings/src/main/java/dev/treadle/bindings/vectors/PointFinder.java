package dev.treadle.bindings.vectors;

import dev.treadle.SearchFilter;
import dev.treadle.VectorMatch;
import dev.treadle.VectorPoint;
import dev.treadle.VectorQuery;
import dev.treadle.bindings.search.Filters;
import dev.treadle.bindings.search.LuceneDocument;
import dev.treadle.bindings.search.NearSearch;
import dev.treadle.bindings.search.PatientSearcher;
import dev.treadle.bindings.search.Schema;
import dev.treadle.bindings.search.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Looks into one state of an index of points. For one thread. */
record PointFinder(IndexReader reader, Schema schema, VectorShape shape, Duration patience) {
    /** Something that is read. */
    @FunctionalInterface
    interface Reading<T> {
        T from(PointFinder finder) throws IOException;
    }

    Optional<VectorPoint> get(String id) throws IOException {
        PatientSearcher searcher = new PatientSearcher(reader, patience);
        ScoreDoc[] found = searcher.search(new TermQuery(LuceneDocument.id(id)), 1).scoreDocs;
        searcher.requireWhole();
        return found.length == 0 ? Optional.empty() : Optional.of(point(searcher, found[0]));
    }

    Found look(VectorQuery asked, Set<String> hidden) throws IOException {
        PatientSearcher searcher = new PatientSearcher(reader, patience);
        Query allowed = allowed(asked, hidden);
        float[] wanted = asked.vector();
        List<VectorMatch> nearest = new ArrayList<>();
        for (ScoreDoc found : near(searcher, asked, hidden, allowed)) {
            VectorPoint point = point(searcher, found);
            nearest.add(new VectorMatch(shape.score(wanted, point.vector()), point));
        }
        Optional<List<VectorMatch>> byText = byText(searcher, asked, allowed);
        searcher.requireWhole();
        return new Found(nearest, byText);
    }

    /** Without a filter nothing is worked out for each document. */
    private ScoreDoc[] near(
            PatientSearcher searcher, VectorQuery asked, Set<String> hidden, Query allowed)
            throws IOException {
        boolean filtered = asked.filter().isPresent() || !hidden.isEmpty();
        float[] indexed = new PointDocument(shape.distance()).indexed(asked.vector());
        return new NearSearch(searcher, PointDocument.VECTOR, indexed)
                .find(asked.limit(), filtered ? Optional.of(allowed) : Optional.empty());
    }

    private Optional<List<VectorMatch>> byText(
            PatientSearcher searcher, VectorQuery asked, Query allowed) throws IOException {
        if (asked.text().isBlank()) {
            return Optional.empty();
        }
        BooleanQuery.Builder words = new BooleanQuery.Builder().add(allowed, Occur.FILTER);
        words.setMinimumNumberShouldMatch(1);
        Words.of(asked.text()).stream()
                .distinct()
                .limit(VectorQuery.WORDS_MAX)
                .map(word -> new TermQuery(new Term(PointDocument.WORDS, word)))
                .forEach(word -> words.add(word, Occur.SHOULD));
        List<VectorMatch> matches = new ArrayList<>();
        for (ScoreDoc found : searcher.search(words.build(), asked.limit()).scoreDocs) {
            matches.add(new VectorMatch(found.score, point(searcher, found)));
        }
        return Optional.of(matches);
    }

    private Query allowed(VectorQuery asked, Set<String> hidden) {
        BooleanQuery.Builder allowed =
                new BooleanQuery.Builder().add(new MatchAllDocsQuery(), Occur.FILTER);
        asked.filter()
                .map(filter -> new Filters(schema).query(filter))
                .ifPresent(filter -> allowed.add(filter, Occur.FILTER));
        if (!hidden.isEmpty()) {
            List<BytesRef> ids = hidden.stream().map(BytesRef::new).toList();
            allowed.add(new TermInSetQuery(LuceneDocument.ID, ids), Occur.MUST_NOT);
        }
        return allowed.build();
    }

    List<String> ids(SearchFilter filter, int most) throws IOException {
        PatientSearcher searcher = new PatientSearcher(reader, patience);
        List<String> ids = new ArrayList<>();
        Query query = new Filters(schema).query(filter);
        for (ScoreDoc found : searcher.search(query, most).scoreDocs) {
            ids.add(point(searcher, found).id());
        }
        searcher.requireWhole();
        return ids;
    }

    private static VectorPoint point(PatientSearcher searcher, ScoreDoc found) throws IOException {
        return PointDocument.read(searcher.storedFields().document(found.doc));
    }
}
