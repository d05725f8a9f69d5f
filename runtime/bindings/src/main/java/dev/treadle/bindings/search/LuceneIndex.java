package dev.treadle.bindings.search;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.ThreadInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * One store's index in a folder, opened when it is first wanted. Callers write and read on their
 * own threads, and may be interrupted while they do; a thread of the index opens it, refreshes what
 * readers see and commits, each if there is something new. Safe for threads.
 */
public final class LuceneIndex implements AutoCloseable {
    private static final long REFRESH_MILLIS = 250;
    private static final long COMMIT_MILLIS = 1000;
    private static final long CLOSING_SECONDS = 10;

    /** How long calls wait for the opening; on a busy machine the first one takes a while. */
    private static final Duration OPENING = Duration.ofSeconds(30);

    private static final System.Logger LOG = System.getLogger(LuceneIndex.class.getName());

    private final Path folder;
    private final int partsMax;
    private final ScheduledThreadPoolExecutor thread;

    /** Set by the thread. */
    private volatile @Nullable OpenIndex open;

    /** What failed last; empty when something succeeded since. */
    private volatile @Nullable String trouble;

    LuceneIndex(Path folder, int partsMax) {
        this.folder = folder;
        this.partsMax = partsMax;
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        Thread.ofPlatform()
                                .daemon()
                                .name("lucene-" + folder.getFileName())
                                .factory());
        thread.setRemoveOnCancelPolicy(true);
        every(REFRESH_MILLIS, OpenIndex::refresh);
        every(COMMIT_MILLIS, OpenIndex::commit);
    }

    /** Something that is done with an open index. */
    @FunctionalInterface
    interface Work<T> {
        T on(OpenIndex index) throws IOException;
    }

    /** Something that is done with an open index, without a result. */
    @FunctionalInterface
    public interface Step {
        void on(OpenIndex index) throws IOException;
    }

    /** Something that is read from an index. */
    @FunctionalInterface
    public interface Reading<T> {
        T from(DirectoryReader reader, Schema schema) throws IOException;
    }

    /** Why it does not work; empty when it does. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble).map(each -> folder.getFileName() + ": " + each);
    }

    /** Writes on the caller's thread. */
    public void write(Step step, Duration patience) {
        boolean _ = written(all(step), patience);
    }

    /**
     * Puts documents on the caller's thread, or on that of the index when it takes a close look to
     * know whether there is room for them.
     *
     * @param ids of the documents
     * @param documentsMax how many the index may have
     */
    public void put(List<String> ids, int documentsMax, Step step, Duration patience) {
        if (!written(index -> index.putIfFew(ids, documentsMax, step), patience)) {
            boolean _ = await(all(index -> index.putAlone(ids, documentsMax, step)), patience);
        }
    }

    private static Work<Boolean> all(Step step) {
        return index -> {
            step.on(index);
            return true;
        };
    }

    private <T> T written(Work<T> work, Duration patience) {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(null);
        }
        OpenIndex known = open;
        OpenIndex index = known == null ? await(opened -> opened, patience) : known;
        try {
            T result = work.on(index);
            if (trouble != null) {
                trouble = null;
            }
            return result;
        } catch (StoreFailure | IllegalArgumentException e) {
            throw e;
        } catch (ThreadInterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (IOException | RuntimeException e) {
            throw broke(e);
        } finally {
            if (index.isBroken()) {
                drop(index);
            }
        }
    }

    private RuntimeException broke(Exception cause) {
        if (thread.isShutdown()) {
            return stopping(cause);
        }
        trouble = text(cause);
        return failed(cause);
    }

    private void drop(OpenIndex index) {
        try {
            thread.execute(() -> dropIfBroken(index));
        } catch (RejectedExecutionException _) {
            // the node is stopping, which closes it as well
        }
    }

    /**
     * Reads on the caller's thread.
     *
     * @param fresh whether to see all that is written, instead of what was last refreshed
     */
    public <T> T read(boolean fresh, Duration patience, Reading<T> reading) {
        OpenIndex index = open;
        if (fresh || index == null) {
            index =
                    await(
                            opened -> {
                                opened.refresh();
                                return opened;
                            },
                            patience);
        }
        try {
            DirectoryReader reader = index.acquire();
            try {
                return reading.from(reader, index.schema());
            } finally {
                index.release(reader);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The patience is for the work; an index that is not open yet is opened first. */
    private <T> T await(Work<T> work, Duration patience) {
        if (open == null) {
            boolean _ = result(submit(_ -> true), OPENING);
        }
        return result(submit(work), patience);
    }

    private static <T> T result(Future<T> future, Duration patience) {
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (TimeoutException e) {
            future.cancel(false);
            throw new StoreFailure(
                    Reason.UNAVAILABLE,
                    "the index was not ready within %d ms".formatted(patience.toMillis()),
                    e);
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        }
    }

    private <T> Future<T> submit(Work<T> work) {
        try {
            return thread.submit(() -> run(work));
        } catch (RejectedExecutionException e) {
            throw stopping(e);
        }
    }

    /** On the thread. */
    private <T> T run(Work<T> work) throws IOException {
        OpenIndex index = open;
        try {
            if (index == null) {
                index = OpenIndex.open(new SteadyDirectory(FSDirectory.open(folder)), partsMax);
                open = index;
            }
            T result = work.on(index);
            trouble = null;
            return result;
        } catch (IOException e) {
            trouble = text(e);
            throw e;
        } finally {
            dropIfBroken(index);
        }
    }

    /** The next call opens it anew, without what was not committed. */
    private void dropIfBroken(@Nullable OpenIndex index) {
        if (index == null || index != open || !index.isBroken()) {
            return;
        }
        open = null;
        try {
            index.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the index " + folder + " broke", e);
        }
    }

    private void every(long millis, Step step) {
        ScheduledFuture<?> _ =
                thread.scheduleWithFixedDelay(
                        () -> onItsOwn(step), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** On the thread. */
    private void onItsOwn(Step step) {
        if (open == null) {
            return;
        }
        try {
            run(
                    index -> {
                        step.on(index);
                        return true;
                    });
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the index " + folder + " cannot be written", e);
        }
    }

    private static RuntimeException unwrapped(@Nullable Throwable cause) {
        return switch (cause) {
            case StoreFailure e -> new StoreFailure(e.reason(), e.detail(), e);
            case IllegalArgumentException e -> new IllegalArgumentException(e.getMessage(), e);
            case null, default -> failed(cause);
        };
    }

    private static StoreFailure interrupted(@Nullable Exception cause) {
        return new StoreFailure(Reason.UNAVAILABLE, "interrupted while it waited", cause);
    }

    private static StoreFailure stopping(Exception cause) {
        return new StoreFailure(Reason.UNAVAILABLE, "the node is stopping", cause);
    }

    private static StoreFailure failed(@Nullable Throwable cause) {
        return new StoreFailure(Reason.FAILED, text(cause), cause);
    }

    private static String text(@Nullable Throwable cause) {
        return cause == null ? "it failed" : "the index failed: " + cause;
    }

    /** Waits a few seconds until all is committed. */
    @Override
    public void close() {
        thread.execute(this::closeOpen);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "the index {0} is still busy", folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeOpen() {
        OpenIndex index = open;
        open = null;
        try {
            if (index != null) {
                index.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the index " + folder + " is not closed", e);
        }
    }
}
