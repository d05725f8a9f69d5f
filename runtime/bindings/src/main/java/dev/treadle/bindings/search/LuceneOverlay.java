package dev.treadle.bindings.search;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.bindings.StoreFailure;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * A store with what a dry run has written laid over it: an index in memory, read together with the
 * real one, of which the documents are hidden that the run has replaced or deleted. All is seen at
 * once.
 */
final class LuceneOverlay implements SearchStore {
    private static final int DOCUMENTS_MAX = 10_000;

    private final LuceneStore real;

    /** Guarded by this. */
    private final OpenIndex own;

    /** Ids of the real documents that are not to be seen. Guarded by this. */
    private final Set<String> hidden = new HashSet<>();

    private LuceneOverlay(LuceneStore real, OpenIndex own) {
        this.real = real;
        this.own = own;
    }

    static LuceneOverlay over(LuceneStore real) {
        try {
            return new LuceneOverlay(real, OpenIndex.open(new ByteBuffersDirectory()));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public synchronized void put(List<SearchDocument> documents) {
        read(
                (both, schema) -> {
                    schema.add(documents);
                    own.put(documents, DOCUMENTS_MAX, true);
                    documents.forEach(document -> hidden.add(document.id()));
                    return true;
                });
    }

    @Override
    public synchronized void delete(List<String> ids) {
        try {
            own.delete(ids);
            hidden.addAll(ids);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public synchronized Optional<SearchDocument> get(String id) {
        return read((both, schema) -> finder(both, schema).get(id));
    }

    @Override
    public synchronized SearchResults find(SearchQuery query) {
        return read((both, schema) -> finder(both, schema).find(query));
    }

    private Finder finder(IndexReader both, Schema schema) {
        return new Finder(both, schema, real.patience(), Optional.of(visible()));
    }

    /** What the run has written, and what it has not touched. */
    private Query visible() {
        List<BytesRef> ids = hidden.stream().map(BytesRef::new).toList();
        return new BooleanQuery.Builder()
                .add(new TermQuery(new Term(LuceneDocument.OVERLAY, "")), Occur.SHOULD)
                .add(
                        new BooleanQuery.Builder()
                                .add(new MatchAllDocsQuery(), Occur.FILTER)
                                .add(new TermInSetQuery(LuceneDocument.ID, ids), Occur.MUST_NOT)
                                .build(),
                        Occur.SHOULD)
                .build();
    }

    /** Something that is read from both together. */
    @FunctionalInterface
    private interface Reading<T> {
        T from(IndexReader both, Schema schema) throws IOException;
    }

    private <T> T read(Reading<T> reading) {
        return real.index()
                .read(true, real.patience(), (below, schema) -> together(below, schema, reading));
    }

    private <T> T together(DirectoryReader below, Schema schema, Reading<T> reading)
            throws IOException {
        own.refresh();
        Schema joint = schema.copy();
        joint.addAll(own.schema());
        DirectoryReader above = own.acquire();
        try (MultiReader both = new MultiReader(new IndexReader[] {below, above}, false)) {
            return reading.from(both, joint);
        } finally {
            own.release(above);
        }
    }

    @Override
    public SearchStore overlaid() {
        throw new IllegalStateException("a dry run inside of a dry run");
    }

    private static StoreFailure failed(IOException cause) {
        return new StoreFailure(Reason.FAILED, "the run's own index failed: " + cause, cause);
    }
}
