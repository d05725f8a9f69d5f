package dev.treadle.bindings.search.meilisearch;

import com.meilisearch.sdk.Client;
import com.meilisearch.sdk.Config;
import com.meilisearch.sdk.exceptions.MeilisearchApiException;
import com.meilisearch.sdk.model.IndexesQuery;
import com.meilisearch.sdk.model.Task;
import com.meilisearch.sdk.model.TaskInfo;
import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client of a Meilisearch. Connects when it is used; safe for threads. */
public final class MeilisearchHome implements AutoCloseable {
    /** What a server says that will serve again by itself. */
    private static final Set<String> PASSING =
            Set.of("too_many_search_requests", "too_many_open_files");

    private static final long FIRST_LOOK_MILLIS = 2;
    private static final long LOOK_MILLIS_MOST = 50;

    private final MeilisearchSettings settings;
    private final Duration timeout;
    private final Client client;
    private final ConcurrentMap<String, MeilisearchIndex> indexes = new ConcurrentHashMap<>();

    /** The SDK has no timeout of ours: a call on a thread of its own can be given up. */
    private final ExecutorService calls =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("meilisearch-", 0).factory());

    /**
     * @param timeout for an answer, and for the server to do what it has taken
     */
    public MeilisearchHome(MeilisearchSettings settings, Duration timeout) {
        this.settings = settings;
        this.timeout = timeout;
        String key = settings.key().map(MeilisearchSettings.Key::text).orElse("");
        this.client = new Client(new Config(settings.url().toString(), key));
    }

    /** For people. */
    public String text() {
        return settings.text();
    }

    /** How long an answer may take. */
    Duration timeout() {
        return timeout;
    }

    /** The index of a store. */
    MeilisearchIndex index(String store) {
        return indexes.computeIfAbsent(store, name -> new MeilisearchIndex(this, name));
    }

    /** Why it cannot be used now; empty when it can. */
    public Optional<String> trouble() {
        try {
            call(each -> each.getRawIndexes(new IndexesQuery().setLimit(1)));
            return Optional.empty();
        } catch (StoreFailure e) {
            return Optional.of(e.detail());
        }
    }

    /** Runs a call, and turns what goes wrong into a {@link StoreFailure}. */
    <T> T call(Function<Client, T> work) {
        return await(submit(() -> work.apply(client)));
    }

    private <T> Future<T> submit(Supplier<T> work) {
        try {
            return calls.submit(work::get);
        } catch (RejectedExecutionException e) {
            throw new StoreFailure(Reason.UNAVAILABLE, "the node is stopping", e);
        }
    }

    private <T> T await(Future<T> coming) {
        try {
            return coming.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            coming.cancel(true);
            throw interrupted(e);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw late("no answer", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Has the server do something, and waits until it is done: it answers before. */
    void done(Function<Client, TaskInfo> work) {
        int number = call(work).getTaskUid();
        long began = System.nanoTime();
        long pause = FIRST_LOOK_MILLIS;
        while (!isDone(call(each -> each.getTask(number)))) {
            if (System.nanoTime() - began > timeout.toNanos()) {
                throw late("the task %d was taken and not done".formatted(number), null);
            }
            pause(pause);
            pause = Math.min(LOOK_MILLIS_MOST, 2 * pause);
        }
    }

    private static boolean isDone(Task task) {
        return switch (task.getStatus()) {
            case ENQUEUED, PROCESSING -> false;
            case SUCCEEDED -> true;
            case FAILED ->
                    throw new StoreFailure(
                            Reason.FAILED,
                            "%s: %s"
                                    .formatted(
                                            task.getError().getCode(),
                                            task.getError().getMessage()),
                            null);
            case CANCELED ->
                    throw new StoreFailure(
                            Reason.FAILED, "somebody canceled the task " + task.getUid(), null);
        };
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static StoreFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StoreFailure(Reason.UNAVAILABLE, "interrupted while it waited", e);
    }

    private StoreFailure late(String what, @Nullable Throwable cause) {
        return new StoreFailure(
                Reason.UNAVAILABLE, "%s within %d ms".formatted(what, timeout.toMillis()), cause);
    }

    /** An answer that is not the server's own, such as a proxy's, is as if there were none. */
    private static StoreFailure failure(Throwable thrown) {
        if (!(thrown instanceof MeilisearchApiException said)) {
            return new StoreFailure(Reason.UNAVAILABLE, words(thrown), thrown);
        }
        Optional<String> code = code(said);
        if (code.isEmpty()) {
            return new StoreFailure(Reason.UNAVAILABLE, "an error without words", said);
        }
        return new StoreFailure(
                PASSING.contains(code.get()) ? Reason.UNAVAILABLE : Reason.FAILED,
                code.get() + ": " + said.getMessage(),
                said);
    }

    /** The SDK has an error without anything inside for an answer without a body. */
    private static Optional<String> code(MeilisearchApiException said) {
        try {
            return Optional.ofNullable(said.getCode());
        } catch (NullPointerException e) {
            return Optional.empty();
        }
    }

    private static String words(Throwable thrown) {
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage());
    }

    /** Whether the server's error has this code. */
    static boolean says(StoreFailure e, String code) {
        return e.getCause() instanceof MeilisearchApiException said
                && code(said).equals(Optional.of(code));
    }

    @Override
    public void close() {
        calls.shutdownNow();
    }
}
