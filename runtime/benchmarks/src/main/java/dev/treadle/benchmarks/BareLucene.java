package dev.treadle.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** The control of embedded search: the same query of the same words, on the caller's thread. */
final class BareLucene implements AutoCloseable {
    private static final int PAGE = 20;
    private static final int EXPANSIONS = 30;

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;

    BareLucene(Path folder) throws IOException {
        directory = FSDirectory.open(folder);
        writer = new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()));
        searchers = new SearcherManager(writer, null);
    }

    void put(String id, String text) {
        Document document = new Document();
        document.add(new StringField("id", id, Store.YES));
        document.add(new TextField("text", text, Store.YES));
        try {
            writer.updateDocument(new Term("id", id), document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    int find(String words) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String word : words.split(" ", -1)) {
            Term term = new Term("text", word);
            all.add(
                    new DisjunctionMaxQuery(
                            List.of(
                                    new BoostQuery(new TermQuery(term), 2),
                                    new FuzzyQuery(term, 1, 1, EXPANSIONS, true)),
                            0),
                    Occur.MUST);
        }
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                int characters = 0;
                for (ScoreDoc hit : searcher.search(all.build(), PAGE).scoreDocs) {
                    characters += searcher.storedFields().document(hit.doc).get("text").length();
                }
                return characters;
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        searchers.close();
        writer.close();
        directory.close();
    }
}
