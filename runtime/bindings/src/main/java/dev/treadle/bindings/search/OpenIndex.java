package dev.treadle.bindings.search;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.SearchDocument;
import dev.treadle.bindings.StoreFailure;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.ReaderManager;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;

/**
 * An index that is open. One thread writes, and is never interrupted: a file channel that is closed
 * under the writer would cost what is not committed. Any thread may read.
 */
public final class OpenIndex implements Closeable {
    /** Lucene's own number. */
    static final int PARTS_USUAL = 10;

    private static final double BUFFER_MIB = 16;

    private final Directory directory;
    private final IndexWriter writer;
    private final ReaderManager readers;
    private final Schema schema;
    private boolean changed;

    private OpenIndex(
            Directory directory, IndexWriter writer, ReaderManager readers, Schema schema) {
        this.directory = directory;
        this.writer = writer;
        this.readers = readers;
        this.schema = schema;
    }

    /** As {@link #open(Directory, int)}, for documents. */
    public static OpenIndex open(Directory directory) throws IOException {
        return open(directory, PARTS_USUAL);
    }

    /**
     * Opens what is in a directory, or begins there.
     *
     * @param directory is closed with the index
     * @param partsMax how many parts of one size it has at most, about, before they are joined
     */
    public static OpenIndex open(Directory directory, int partsMax) throws IOException {
        try {
            IndexWriterConfig config =
                    new IndexWriterConfig(Words.ANALYZER)
                            .setRAMBufferSizeMB(BUFFER_MIB)
                            .setMergePolicy(new TieredMergePolicy().setSegmentsPerTier(partsMax))
                            .setCodec(new WideCodec());
            IndexWriter writer = new IndexWriter(directory, config);
            return new OpenIndex(directory, writer, new ReaderManager(writer), kept(writer));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static Schema kept(IndexWriter writer) {
        Map<String, String> kept = new HashMap<>();
        Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
        if (data != null) {
            data.forEach(each -> kept.put(each.getKey(), each.getValue()));
        }
        return Schema.read(kept);
    }

    /** Which kinds of fields it has. */
    public Schema schema() {
        return schema;
    }

    /**
     * Puts documents into it.
     *
     * @param documentsMax how many it may have
     * @param overlay whether they are a dry run's
     */
    void put(List<SearchDocument> documents, int documentsMax, boolean overlay) throws IOException {
        schema.add(documents);
        for (SearchDocument document : documents) {
            Document lucene = LuceneDocument.write(document);
            if (overlay) {
                lucene.add(new StringField(LuceneDocument.OVERLAY, "", Store.NO));
            }
            replace(document.id(), lucene, documentsMax);
        }
    }

    /**
     * Puts a document in the place of one with the same id. Its fields are in the schema.
     *
     * @param documentsMax how many it may have
     */
    public void replace(String id, Document lucene, int documentsMax) throws IOException {
        requireRoom(id, documentsMax);
        changed = true;
        writer.updateDocument(LuceneDocument.id(id), lucene);
    }

    /** What is replaced counts until it is looked at closely. */
    private void requireRoom(String id, int documentsMax) throws IOException {
        if (writer.getDocStats().numDocs < documentsMax) {
            return;
        }
        refresh();
        DirectoryReader reader = readers.acquire();
        try {
            if (reader.numDocs() >= documentsMax && reader.docFreq(LuceneDocument.id(id)) == 0) {
                throw new StoreFailure(
                        Reason.FAILED,
                        "the store has %d documents, as many as it may have: delete some, or raise documents-max of the node's configuration"
                                .formatted(reader.numDocs()),
                        null);
            }
        } finally {
            readers.release(reader);
        }
    }

    public void delete(List<String> ids) throws IOException {
        changed = true;
        writer.deleteDocuments(ids.stream().map(LuceneDocument::id).toArray(Term[]::new));
    }

    /** Takes all away that a query finds. */
    public void delete(Query query) throws IOException {
        changed = true;
        writer.deleteDocuments(query);
    }

    /** Lets readers see all that is written. */
    public void refresh() throws IOException {
        if (changed) {
            readers.maybeRefreshBlocking();
            changed = false;
        }
    }

    /** Brings all that is written onto the disk. */
    void commit() throws IOException {
        if (writer.hasUncommittedChanges()) {
            writer.setLiveCommitData(schema.kept().entrySet());
            writer.commit();
        }
    }

    /** Whether it cannot go on, and is to be opened anew. */
    boolean isBroken() {
        return !writer.isOpen();
    }

    /** What was last seen; to be given back. */
    public DirectoryReader acquire() throws IOException {
        return readers.acquire();
    }

    public void release(DirectoryReader reader) throws IOException {
        readers.release(reader);
    }

    /** Commits, unless it is broken. */
    @Override
    public void close() throws IOException {
        try (Directory last = directory;
                IndexWriter before = writer;
                ReaderManager first = readers) {
            if (!isBroken()) {
                commit();
            }
        }
    }
}
