package dev.treadle.bindings.redis;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A Redis that is connected when it is first wanted, and again after each break. Safe for threads.
 */
public final class RedisHome implements AutoCloseable {
    /** Who waited while another tried in vain does not try again. */
    private static final long FAILURE_KEPT_NANOS = 200_000_000;

    private final RedisConnector connector;
    private volatile @Nullable RedisLink link;

    /** The last failure to connect, and when; guarded by this. */
    private @Nullable StoreFailure failure;

    private long failedNanos;
    private boolean closed;

    /**
     * @param connectionsMax to each server
     * @param timeout to connect, and to wait for each answer
     */
    public RedisHome(RedisSettings settings, int connectionsMax, Duration timeout) {
        this.connector = new RedisConnector(settings, connectionsMax, timeout);
    }

    /** For people. */
    public String text() {
        return connector.settings().text();
    }

    /** Runs a call, and turns what goes wrong into a {@link StoreFailure}. */
    public <T> T call(Function<RedisLink, T> work) {
        RedisLink connected = link();
        try {
            return work.apply(connected);
        } catch (JedisException e) {
            StoreFailure failed = failure(e);
            if (failed.reason() == Reason.UNAVAILABLE) {
                connected.dropIdle();
            }
            throw failed;
        }
    }

    /** Why it cannot be used now; empty when it can. */
    public Optional<String> trouble() {
        try {
            call(connected -> connected.client().ping());
            return Optional.empty();
        } catch (StoreFailure e) {
            return Optional.of(e.detail());
        }
    }

    private RedisLink link() {
        RedisLink known = link;
        return known == null ? connect() : known;
    }

    private synchronized RedisLink connect() {
        RedisLink known = link;
        if (known != null) {
            return known;
        }
        if (closed) {
            throw new StoreFailure(Reason.UNAVAILABLE, "the node is stopping", null);
        }
        StoreFailure last = failure;
        if (last != null && System.nanoTime() - failedNanos < FAILURE_KEPT_NANOS) {
            throw new StoreFailure(last.reason(), last.detail(), last);
        }
        try {
            RedisLink made = connector.connect();
            link = made;
            failure = null;
            return made;
        } catch (JedisException e) {
            StoreFailure failed = failure(e);
            failure = failed;
            failedNanos = System.nanoTime();
            throw failed;
        }
    }

    private static StoreFailure failure(JedisException e) {
        String said = words(e);
        if (e instanceof JedisAccessControlException) {
            return new StoreFailure(Reason.FAILED, said, e);
        }
        boolean answered = e instanceof JedisDataException && !isPassing(said);
        return new StoreFailure(answered ? Reason.FAILED : Reason.UNAVAILABLE, said, e);
    }

    /** What a server says that will serve again by itself. */
    private static boolean isPassing(String said) {
        return said.startsWith("LOADING")
                || said.startsWith("MASTERDOWN")
                || said.startsWith("CLUSTERDOWN")
                || said.startsWith("READONLY")
                || said.startsWith("TRYAGAIN")
                || said.startsWith("BUSY ");
    }

    /** The client's own words and the last cause's: that is where the reason stands. */
    private static String words(Throwable failure) {
        Throwable last = failure;
        while (reason(last) != null) {
            last = Objects.requireNonNull(reason(last));
        }
        String own = String.valueOf(failure.getMessage());
        return last == failure || own.contains(String.valueOf(last.getMessage()))
                ? own
                : own + " " + last.getMessage();
    }

    /** The client keeps what each address said as suppressed. */
    private static @Nullable Throwable reason(Throwable failure) {
        Throwable cause = failure.getCause();
        Throwable[] others = failure.getSuppressed();
        return cause == null && others.length > 0 ? others[others.length - 1] : cause;
    }

    @Override
    public synchronized void close() {
        closed = true;
        RedisLink known = link;
        if (known != null) {
            link = null;
            known.close();
        }
    }
}
