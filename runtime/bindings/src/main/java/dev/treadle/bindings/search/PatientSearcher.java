package dev.treadle.bindings.search;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import java.time.Duration;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;

/** Searches for as long as a call may take, or until its thread is interrupted. For one thread. */
public final class PatientSearcher extends IndexSearcher {
    private final Duration patience;

    public PatientSearcher(IndexReader reader, Duration patience) {
        super(reader);
        this.patience = patience;
        setQueryCache(null);
        long began = System.nanoTime();
        long nanos = patience.toNanos();
        setTimeout(
                () -> System.nanoTime() - began > nanos || Thread.currentThread().isInterrupted());
    }

    /** Fails when a search was given up, so that what it found is not all. */
    public void requireWhole() {
        if (timedOut()) {
            throw new StoreFailure(
                    Reason.UNAVAILABLE,
                    "the query was not done within %d ms".formatted(patience.toMillis()),
                    null);
        }
    }
}
