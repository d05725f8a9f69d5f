package dev.treadle.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.SortedDocValuesField;
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
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * The control of embedded search, which keeps the same promises by hand: text divided in the same
 * way, the same query of the same words, equal hits in the order of their ids, all of them counted;
 * found a quarter of a second after a put, committed each second.
 */
final class BareLucene implements AutoCloseable {
    private static final Sort BEST =
            new Sort(SortField.FIELD_SCORE, new SortField("id", SortField.Type.STRING));
    private static final TopFieldCollectorManager PAGE_AND_TOTAL =
            new TopFieldCollectorManager(BEST, 20, null, Integer.MAX_VALUE);
    private static final long REFRESH_MILLIS = 250;
    private static final long COMMIT_MILLIS = 1000;
    private static final int ONE_TYPO_FROM = 4;
    private static final int TWO_TYPOS_FROM = 8;
    private static final int EXPANSIONS = 30;

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("bare-lucene").factory());

    BareLucene(Path folder) throws IOException {
        directory = FSDirectory.open(folder);
        writer = new IndexWriter(directory, new IndexWriterConfig(new Words()));
        searchers = new SearcherManager(writer, null);
        every(REFRESH_MILLIS, searchers::maybeRefresh);
        every(COMMIT_MILLIS, writer::commit);
    }

    /** Divided by Unicode's rules, without case and accents. */
    private static final class Words extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            StandardTokenizer words = new StandardTokenizer();
            return new TokenStreamComponents(
                    words, new ASCIIFoldingFilter(new LowerCaseFilter(words)));
        }
    }

    /** Something that a writer does now and then. */
    @FunctionalInterface
    private interface Chore {
        void run() throws IOException;
    }

    private void every(long millis, Chore chore) {
        ScheduledFuture<?> _ =
                thread.scheduleWithFixedDelay(
                        () -> {
                            try {
                                chore.run();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        millis,
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    void put(String id, String text) {
        Document document = new Document();
        document.add(new StringField("id", id, Store.YES));
        document.add(new SortedDocValuesField("id", new BytesRef(id)));
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
        thread.close();
        searchers.close();
        writer.close();
        directory.close();
    }
}
