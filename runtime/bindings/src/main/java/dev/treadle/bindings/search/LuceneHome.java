package dev.treadle.bindings.search;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.search.IndexSearcher;

/** The node's own indexes, each in a folder with its store's name. Safe for threads. */
public final class LuceneHome implements AutoCloseable {
    /** A query's words times fields times the words that stand in for one with a typo. */
    private static final int CLAUSES_MAX = 10_000;

    /**
     * Near a vector each part is looked through almost as long as one that holds all, so fewer are
     * worth more work to join them.
     */
    private static final int PARTS_FEW = 2;

    private final Path folder;

    /** How many parts of one size an index has at most, about, before they are joined. */
    private final int partsMax;

    /** Guarded by this. */
    private final Map<String, LuceneIndex> indexes = new HashMap<>();

    /** Guarded by this. */
    private boolean closed;

    /** Indexes of documents. */
    public LuceneHome(Path folder) {
        this(folder, OpenIndex.PARTS_USUAL);
    }

    private LuceneHome(Path folder, int partsMax) {
        this.folder = folder;
        this.partsMax = partsMax;
        IndexSearcher.setMaxClauseCount(CLAUSES_MAX);
    }

    /** Indexes of vectors. */
    public static LuceneHome forVectors(Path folder) {
        return new LuceneHome(folder, PARTS_FEW);
    }

    /** Where they are. */
    public Path path() {
        return folder;
    }

    /** The index of a store; opened by its first use. */
    public synchronized LuceneIndex index(String store) {
        if (closed) {
            throw new StoreFailure(Reason.UNAVAILABLE, "the node is stopping", null);
        }
        return indexes.computeIfAbsent(
                store, name -> new LuceneIndex(folder.resolve(name), partsMax));
    }

    /** Why some of them do not work; empty when all do that were used. */
    public synchronized Optional<String> trouble() {
        List<String> troubles = new ArrayList<>();
        indexes.values().forEach(index -> index.trouble().ifPresent(troubles::add));
        return troubles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", troubles));
    }

    /** Commits and closes all. */
    @Override
    public synchronized void close() {
        closed = true;
        indexes.values().forEach(LuceneIndex::close);
        indexes.clear();
    }
}
