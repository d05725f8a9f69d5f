package dev.treadle.bindings.table.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Cassandra that is connected when it is first wanted; the driver connects again after each
 * break. Safe for threads.
 */
public final class CassandraHome implements AutoCloseable {
    /** Who comes while or just after another tried in vain does not try again. */
    private static final long FAILURE_KEPT_NANOS = 500_000_000;

    /** How long a call waits for the first connection; the attempt itself goes on. */
    private static final Duration CONNECTING = Duration.ofSeconds(10);

    /** How long a look at the schema may take. */
    private static final Duration LOOKING = Duration.ofSeconds(5);

    private static final String PROBE = "SELECT release_version FROM system.local";

    private final CassandraConnector connector;

    /** The last attempt to connect, and when it began; guarded by this. */
    private @Nullable CompletableFuture<CqlSession> attempt;

    private long attemptNanos;
    private boolean closed;

    public CassandraHome(CassandraSettings settings) {
        this.connector = new CassandraConnector(settings);
    }

    /** For people. */
    public String text() {
        return connector.settings().text();
    }

    String keyspace() {
        return connector.settings().keyspace();
    }

    /** Why it cannot be used now; empty when it can. */
    public Optional<String> trouble() {
        try {
            probe();
            return Optional.empty();
        } catch (StoreFailure e) {
            return Optional.of(e.detail());
        }
    }

    private void probe() {
        call(session -> session.executeAsync(PROBE));
    }

    /** What tables there are. Without a server the driver would wait for one, so that is asked. */
    Metadata look() {
        probe();
        return call(
                session ->
                        session.refreshSchemaAsync()
                                .toCompletableFuture()
                                .orTimeout(LOOKING.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Has the driver do something, and waits for it. */
    <T> T call(Function<CqlSession, CompletionStage<T>> work) {
        CqlSession session = session();
        try {
            return work.apply(session).toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (RuntimeException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure(Reason.UNAVAILABLE, "interrupted while it waited", e);
        }
    }

    private CqlSession session() {
        try {
            return attempt().get(CONNECTING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            throw new StoreFailure(
                    Reason.UNAVAILABLE,
                    "no connection within %d s".formatted(CONNECTING.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure(Reason.UNAVAILABLE, "interrupted while it connected", e);
        }
    }

    private synchronized CompletableFuture<CqlSession> attempt() {
        if (closed) {
            throw new StoreFailure(Reason.UNAVAILABLE, "the node is stopping", null);
        }
        CompletableFuture<CqlSession> last = attempt;
        boolean isOver =
                last != null
                        && last.isCompletedExceptionally()
                        && System.nanoTime() - attemptNanos > FAILURE_KEPT_NANOS;
        if (last != null && !isOver) {
            return last;
        }
        CompletableFuture<CqlSession> next = new CompletableFuture<>();
        Thread.ofVirtual().name("cassandra-connect").start(() -> connect(next));
        attempt = next;
        attemptNanos = System.nanoTime();
        return next;
    }

    private void connect(CompletableFuture<CqlSession> to) {
        try {
            CqlSession session = connector.connect();
            if (!to.complete(session)) {
                session.close(); // the node has stopped meanwhile
            }
        } catch (RuntimeException | LinkageError e) {
            to.completeExceptionally(e);
        }
    }

    private StoreFailure failure(@Nullable Throwable e) {
        return switch (e) {
            case StoreFailure known -> known;
            case NoNodeAvailableException none -> unavailable(nobody(), none);
            case AllNodesFailedException all -> failure(all);
            case QueryValidationException refused -> failed(refused);
            case TimeoutException late ->
                    unavailable(
                            "no look at the schema within %d s".formatted(LOOKING.toSeconds()),
                            late);
            case ReadFailureException broken -> failed(broken);
            case WriteFailureException broken -> failed(broken);
            case null, default -> unavailable(String.valueOf(e == null ? e : e.getMessage()), e);
        };
    }

    private String nobody() {
        return "no node of the datacentre %s can be reached"
                .formatted(connector.settings().datacenter());
    }

    private static StoreFailure failure(AllNodesFailedException e) {
        List<Throwable> all = e.getAllErrors().values().stream().flatMap(List::stream).toList();
        Throwable last = all.isEmpty() ? e : all.getLast();
        boolean isRefused =
                all.stream()
                        .anyMatch(
                                each ->
                                        each instanceof AuthenticationException
                                                || each instanceof QueryValidationException);
        return isRefused ? failed(last) : unavailable(words(last), e);
    }

    private static StoreFailure failed(Throwable e) {
        return new StoreFailure(Reason.FAILED, "Cassandra: " + words(e), e);
    }

    private static StoreFailure unavailable(String said, @Nullable Throwable e) {
        return new StoreFailure(Reason.UNAVAILABLE, said, e);
    }

    /** The driver keeps what the network said as suppressed; else the last cause has the reason. */
    private static String words(Throwable failure) {
        if (failure.getSuppressed().length > 0) {
            return String.valueOf(failure.getSuppressed()[0].getMessage());
        }
        Throwable last = failure;
        for (Throwable cause = last.getCause(); cause != null; cause = cause.getCause()) {
            last = cause;
        }
        String own = String.valueOf(failure.getMessage());
        String reason = String.valueOf(last.getMessage());
        return own.contains(reason) ? own : own + ": " + reason;
    }

    @Override
    public synchronized void close() {
        closed = true;
        CompletableFuture<CqlSession> last = attempt;
        attempt = null;
        if (last != null && !last.cancel(false) && !last.isCompletedExceptionally()) {
            last.join().close();
        }
    }
}
