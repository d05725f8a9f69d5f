package dev.treadle.benchmarks;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * The control of embedded search: the same query of the same words, which counts all it finds. What
 * is put is seen and on the disk within a second or so, as a binding has it.
 */
final class BareLucene implements AutoCloseable {
    private static final TopScoreDocCollectorManager PAGE_AND_TOTAL =
            new TopScoreDocCollectorManager(20, Integer.MAX_VALUE);
    private static final int ONE_TYPO_FROM = 4;
    private static final int TWO_TYPOS_FROM = 8;
    private static final int EXPANSIONS = 30;

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final ScheduledExecutorService keeper =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("bare-lucene").factory());

    BareLucene(Path folder) throws IOException {
        directory = FSDirectory.open(folder);
        writer = new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()));
        searchers = new SearcherManager(writer, null);
        var _ =
                keeper.scheduleWithFixedDelay(
                        () -> keep(searchers::maybeRefresh), 250, 250, MILLISECONDS);
        var _ = keeper.scheduleWithFixedDelay(() -> keep(writer::commit), 1, 1, SECONDS);
    }

    /** What is done on the way. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private static void keep(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            all.add(word(new Term("text", word)), Occur.MUST);
        }
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                int characters = 0;
                for (ScoreDoc hit : searcher.search(all.build(), PAGE_AND_TOTAL).scoreDocs) {
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

    private static Query word(Term term) {
        Query itself = new BoostQuery(new TermQuery(term), 2);
        int typos = typos(term.text().length());
        return typos == 0
                ? itself
                : new DisjunctionMaxQuery(
                        List.of(itself, new FuzzyQuery(term, typos, 1, EXPANSIONS, true)), 0);
    }

    private static int typos(int letters) {
        if (letters < ONE_TYPO_FROM) {
            return 0;
        }
        return letters < TWO_TYPOS_FROM ? 1 : 2;
    }

    @Override
    public void close() throws IOException {
        keeper.close();
        searchers.close();
        writer.close();
        directory.close();
    }
}
