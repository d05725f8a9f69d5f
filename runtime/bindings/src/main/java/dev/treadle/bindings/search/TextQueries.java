package dev.treadle.bindings.search;

import dev.treadle.SearchQuery;
import java.io.IOException;
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
    private static final int ONE_TYPO_FROM = 4;
    private static final int TWO_TYPOS_FROM = 8;

    /** So many letters at the beginning are right. */
    private static final int RIGHT = 1;

    /** So many words of an index stand in for one with a typo. */
    private static final int EXPANSIONS_MAX = 30;

    private static final float EXACT = 2;

    Query query(SearchQuery.Words asked) throws IOException {
        if (asked.text().isBlank()) {
            return new MatchAllDocsQuery();
        }
        List<String> words = Words.of(asked.text());
        if (words.size() > SearchQuery.WORDS_MAX) {
            throw new IllegalArgumentException(
                    "the text has at most %d words, this one %d"
                            .formatted(SearchQuery.WORDS_MAX, words.size()));
        }
        List<Map.Entry<String, Double>> fields = fields(asked);
        if (words.isEmpty() || fields.isEmpty()) {
            return new MatchNoDocsQuery();
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        words.forEach(word -> all.add(anywhere(word, fields, asked.exact()), Occur.MUST));
        return all.build();
    }

    /** Fields of the index with what each counts. */
    private List<Map.Entry<String, Double>> fields(SearchQuery.Words asked) {
        List<Map.Entry<String, Double>> fields = new ArrayList<>();
        asked.in()
                .forEach(
                        (field, weight) ->
                                schema.indexed(field, "to search there", Kind.TEXT)
                                        .ifPresent(name -> fields.add(Map.entry(name, weight))));
        if (asked.in().isEmpty()) {
            schema.texts().forEach(name -> fields.add(Map.entry(Kind.TEXT.indexed(name), 1.0)));
        }
        if (fields.size() > SearchQuery.FIELDS_MAX) {
            throw new IllegalArgumentException(
                    "the store has %d fields with text; a query names the ones to search, at most %d"
                            .formatted(fields.size(), SearchQuery.FIELDS_MAX));
        }
        return fields;
    }

    private static Query anywhere(
            String word, List<Map.Entry<String, Double>> fields, boolean exact) {
        List<Query> each = new ArrayList<>();
        for (Map.Entry<String, Double> field : fields) {
            Term term = new Term(field.getKey(), word);
            float weight = field.getValue().floatValue();
            each.add(new BoostQuery(new TermQuery(term), EXACT * weight));
            if (!exact && typos(word) > 0) {
                Query like = new FuzzyQuery(term, typos(word), RIGHT, EXPANSIONS_MAX, true);
                each.add(new BoostQuery(like, weight));
            }
        }
        return new DisjunctionMaxQuery(each, 0);
    }

    private static int typos(String word) {
        int letters = word.codePointCount(0, word.length());
        if (letters < ONE_TYPO_FROM) {
            return 0;
        }
        return letters < TWO_TYPOS_FROM ? 1 : 2;
    }
}
