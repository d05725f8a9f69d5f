package dev.treadle.bindings.search;

import dev.treadle.SearchQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** The words of a query, as Lucene looks for them. */
record TextQueries(Schema schema) {
    Query query(SearchQuery.Words asked) {
        if (asked.text().isBlank()) {
            return new MatchAllDocsQuery();
        }
        AskedWords words = AskedWords.of(asked, schema);
        if (words.areNowhere()) {
            return new MatchNoDocsQuery();
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        words.words()
                .forEach(
                        word -> all.add(anywhere(word, words.fields(), asked.exact()), Occur.MUST));
        return all.build();
    }

    private static Query anywhere(String word, Map<String, Double> fields, boolean exact) {
        List<Query> each = new ArrayList<>();
        fields.forEach(
                (field, counts) -> {
                    Term term = new Term(Kind.TEXT.indexed(field), word);
                    float weight = counts.floatValue();
                    each.add(new BoostQuery(new TermQuery(term), AskedWords.EXACT * weight));
                    int typos = AskedWords.typos(word);
                    if (!exact && typos > 0) {
                        Query like =
                                new FuzzyQuery(
                                        term,
                                        typos,
                                        AskedWords.RIGHT,
                                        AskedWords.EXPANSIONS_MAX,
                                        true);
                        each.add(new BoostQuery(like, weight));
                    }
                });
        return new DisjunctionMaxQuery(each, 0);
    }
}
