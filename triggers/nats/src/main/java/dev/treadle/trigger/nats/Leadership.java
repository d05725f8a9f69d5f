package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which node has the events of a trigger that only one may have: a lease in a key-value bucket. Its
 * holder writes it again and again; another node takes it when it is given up, or when nothing was
 * written for the whole timeout by that node's own clock. The holder counts it as its own for a
 * quarter less than that, so that clocks need not agree. Nodes take it by the revision they saw, so
 * that only one succeeds. Safe for threads.
 */
final class Leadership implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Leadership.class.getName());
    private static final String BUCKET = "TREADLE_LEASES";
    private static final String FREE = "";
    private static final int WRONG_REVISION = 400;

    private final NatsSession session;
    private final String key;
    private final String me;
    private final Duration timeout;
    private final Thread renewer;

    /** Where the bucket is known to be: a server may come again with an empty store. */
    private volatile NatsSession.@Nullable Line opened;

    /** Guarded by this, as is what follows. */
    private boolean held;

    private boolean closed;
    private long revision;
    private long heldUntilNanos;
    private String holder = "";
    private long seenNanos;

    Leadership(NatsSession session, String key, String me, Duration timeout) {
        this.session = session;
        this.key = key;
        this.me = me;
        this.timeout = timeout;
        this.renewer = Thread.ofVirtual().name(key + "-lease").unstarted(this::renew);
    }

    void start() {
        renewer.start();
    }

    /** How long to leave it alone after {@link #lead} has said no. */
    Duration look() {
        return timeout.dividedBy(16);
    }

    /** Who has the lease. */
    enum Lead {
        /** This node, as before; nobody else had it between. */
        KEPT,
        /** This node, from now on: nobody had it, or whoever had it left all in order. */
        HANDED_OVER,
        /** This node, from now on: whoever had it has fallen silent. */
        TAKEN,
        /** Another node. */
        ELSEWHERE
    }

    /** Takes the lease if it is to be had. */
    synchronized Lead lead() throws IOException, JetStreamApiException {
        if (holds()) {
            return Lead.KEPT;
        }
        long now = System.nanoTime();
        KeyValue bucket = bucket();
        KeyValueEntry entry = bucket.get(key);
        String value = value(entry);
        try {
            if (entry == null) {
                taken(bucket.create(key, bytes(me)), now);
            } else if (value.equals(me) || value.equals(FREE) || isSilent(entry, value, now)) {
                taken(bucket.update(key, bytes(me), entry.getRevision()), now);
            }
        } catch (JetStreamApiException e) {
            if (e.getErrorCode() != WRONG_REVISION) {
                throw e;
            }
            // another node was faster
        }
        if (!held) {
            return Lead.ELSEWHERE;
        }
        return value.equals(me) ? Lead.KEPT : value.equals(FREE) ? Lead.HANDED_OVER : Lead.TAKEN;
    }

    /** What the lease says; an empty value has no text. */
    private static String value(@Nullable KeyValueEntry entry) {
        return entry == null ? FREE : Objects.requireNonNullElse(entry.getValueAsString(), FREE);
    }

    private boolean isSilent(KeyValueEntry entry, String value, long now) {
        if (entry.getRevision() != revision) {
            revision = entry.getRevision();
            holder = value;
            seenNanos = now;
        }
        return now - seenNanos > timeout.toNanos();
    }

    private void taken(long at, long askedNanos) {
        held = true;
        holder = me;
        revision = at;
        heldUntilNanos = askedNanos + timeout.toNanos() / 4 * 3;
        notifyAll();
    }

    /** Whether this node may run events now. */
    synchronized boolean holds() {
        if (held && System.nanoTime() - heldUntilNanos > 0) {
            held = false;
        }
        return held;
    }

    /** The node that was last seen with the lease; empty when none was. */
    synchronized String holder() {
        return holder;
    }

    private void renew() {
        try {
            while (awaitHeld()) {
                Thread.sleep(timeout.dividedBy(8));
                renewOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean awaitHeld() throws InterruptedException {
        while (!held && !closed) {
            wait();
        }
        return !closed;
    }

    private void renewOnce() {
        long known;
        synchronized (this) {
            if (!held) {
                return;
            }
            known = revision;
        }
        long now = System.nanoTime();
        try {
            renewed(bucket().update(key, bytes(me), known), now);
        } catch (JetStreamApiException e) {
            LOG.log(System.Logger.Level.WARNING, "{0}: the lease: {1}", key, e.getMessage());
            if (e.getErrorCode() == WRONG_REVISION) {
                lost();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the lease is not renewed yet", e);
        }
    }

    private synchronized void renewed(long at, long askedNanos) {
        if (held) {
            taken(at, askedNanos);
        }
    }

    private synchronized void lost() {
        held = false;
    }

    /** Lets another node have it at once. Only when this one runs no more of the events. */
    synchronized void giveUp() {
        if (!holds()) {
            return;
        }
        held = false;
        try {
            var _ = bucket().update(key, bytes(FREE), revision);
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the lease runs out by itself", e);
        }
    }

    private KeyValue bucket() throws IOException, JetStreamApiException {
        Connection connection = session.require();
        NatsSession.Line line = NatsSession.Line.of(connection);
        if (line.equals(opened)) {
            return connection.keyValue(BUCKET);
        }
        KeyValue bucket =
                Buckets.open(
                        connection,
                        KeyValueConfiguration.builder()
                                .name(BUCKET)
                                .description("Treadle: which node runs a trigger's events")
                                .build());
        opened = line;
        return bucket;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() {
        closed = true;
        renewer.interrupt();
        notifyAll();
    }
}
