package dev.treadle.bindings.search;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.SearchDocument;
import dev.treadle.bindings.StoreFailure;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy.OneMerge;
import org.apache.lucene.index.ReaderManager;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;

/**
 * An index that is open. Any thread may write and read; one that nobody interrupts opens,
 * refreshes, commits and closes it.
 */
public final class OpenIndex implements Closeable {
    /** Lucene's own number. */
    static final int PARTS_USUAL = 10;

    private static final double BUFFER_MIB = 16;

    private final Directory directory;
    private final IndexWriter writer;
    private final ReaderManager readers;
    private final Schema schema;

    /** Shared by those who put, held alone by who counts the documents. */
    private final ReadWriteLock counting = new ReentrantReadWriteLock();

    /** Not fewer documents than there are. */
    private final AtomicInteger documents;

    /** How often something was written. */
    private final AtomicLong writes = new AtomicLong();

    /** How many of the writes readers see, at least. Guarded by this. */
    private long seen;

    private OpenIndex(
            Directory directory, IndexWriter writer, ReaderManager readers, Schema schema) {
        this.directory = directory;
        this.writer = writer;
        this.readers = readers;
        this.schema = schema;
        this.documents = new AtomicInteger(writer.getDocStats().numDocs);
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
                            .setMergeScheduler(new Merges())
                            .setCodec(new WideCodec());
            IndexWriter writer = new IndexWriter(directory, config);
            return new OpenIndex(directory, writer, new ReaderManager(writer), kept(writer));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Joins parts on threads that know nothing of the function whose call began them. */
    private static final class Merges extends ConcurrentMergeScheduler {
        @Override
        protected synchronized MergeThread getMergeThread(MergeSource source, OneMerge merge)
                throws IOException {
            MergeThread thread = super.getMergeThread(source, merge);
            thread.setContextClassLoader(OpenIndex.class.getClassLoader());
            return thread;
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
    void put(List<SearchDocument> all, int documentsMax, boolean overlay) throws IOException {
        put(ids(all), documentsMax, index -> index.replace(all, overlay));
    }

    static List<String> ids(List<SearchDocument> all) {
        return all.stream().map(SearchDocument::id).toList();
    }

    /** Puts each in the place of one with the same id; the index has room for them. */
    void replace(List<SearchDocument> all, boolean overlay) throws IOException {
        schema.add(all);
        for (SearchDocument document : all) {
            Document lucene = LuceneDocument.write(document);
            if (overlay) {
                lucene.add(new StringField(LuceneDocument.OVERLAY, "", Store.NO));
            }
            replace(document.id(), lucene);
        }
    }

    /**
     * Has documents put, if there is room for them.
     *
     * @param ids of the documents
     * @param documentsMax how many it may have
     */
    public void put(List<String> ids, int documentsMax, LuceneIndex.Step step) throws IOException {
        if (!putIfFew(ids, documentsMax, step)) {
            putAlone(ids, documentsMax, step);
        }
    }

    /** As {@link #put}; not done when it takes a close look to know whether there is room. */
    boolean putIfFew(List<String> ids, int documentsMax, LuceneIndex.Step step) throws IOException {
        Lock shared = counting.readLock();
        shared.lock();
        try {
            int more = ids.size();
            int before =
                    documents.getAndUpdate(
                            most -> most + more <= documentsMax ? most + more : most);
            if (before + more > documentsMax) {
                return false;
            }
            step.on(this);
            return true;
        } finally {
            shared.unlock();
        }
    }

    /** As {@link #put}, after a close look, while nobody else puts. */
    void putAlone(List<String> ids, int documentsMax, LuceneIndex.Step step) throws IOException {
        Lock alone = counting.writeLock();
        alone.lock();
        try {
            refresh();
            DirectoryReader reader = readers.acquire();
            try {
                documents.set(reader.numDocs());
                documents.addAndGet(requireRoom(reader, Set.copyOf(ids), documentsMax));
            } finally {
                readers.release(reader);
            }
            step.on(this);
        } finally {
            alone.unlock();
        }
    }

    /** How many of these it does not have. */
    private static int requireRoom(DirectoryReader reader, Set<String> ids, int documentsMax)
            throws IOException {
        IndexSearcher searcher = new IndexSearcher(reader);
        int found = 0;
        for (String id : ids) {
            found += searcher.count(new TermQuery(LuceneDocument.id(id)));
        }
        int more = ids.size() - found;
        if (more > 0 && reader.numDocs() + more > documentsMax) {
            throw full(reader.numDocs(), more, documentsMax);
        }
        return more;
    }

    private static StoreFailure full(int found, int more, int documentsMax) {
        String what =
                found >= documentsMax
                        ? "as many as it may have"
                        : "and may have %d, so %d more do not fit".formatted(documentsMax, more);
        return new StoreFailure(
                Reason.FAILED,
                "the store has %d documents, %s: delete some, or raise documents-max of the node's configuration"
                        .formatted(found, what),
                null);
    }

    /** Puts a document in the place of one with the same id. Its fields are in the schema. */
    public void replace(String id, Document lucene) throws IOException {
        write(() -> writer.updateDocument(LuceneDocument.id(id), lucene));
    }

    public void delete(List<String> ids) throws IOException {
        Term[] terms = ids.stream().map(LuceneDocument::id).toArray(Term[]::new);
        write(() -> writer.deleteDocuments(terms));
    }

    /** Takes all away that a query finds. */
    public void delete(Query query) throws IOException {
        write(() -> writer.deleteDocuments(query));
    }

    /** Something that is written. */
    @FunctionalInterface
    private interface Write {
        long toIndex() throws IOException;
    }

    private void write(Write write) throws IOException {
        try {
            long _ = write.toIndex();
        } finally {
            writes.incrementAndGet();
        }
    }

    /** Lets readers see all that is written. */
    public synchronized void refresh() throws IOException {
        long all = writes.get();
        if (all != seen) {
            readers.maybeRefreshBlocking();
            seen = all;
        }
    }

    /** Brings all that is written onto the disk. */
    void commit() throws IOException {
        if (writer.hasUncommittedChanges()) {
            // asked for when all documents of the commit are known, so that it has their fields
            writer.setLiveCommitData(() -> schema.kept().entrySet().iterator());
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
