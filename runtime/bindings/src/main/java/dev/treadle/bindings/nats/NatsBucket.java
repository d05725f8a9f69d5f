package dev.treadle.bindings.nats;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueManagement;
import io.nats.client.KeyValueOptions;
import io.nats.client.MessageTtl;
import io.nats.client.PublishOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A key-value bucket, made when it is not there, and opened anew after each break of the
 * connection. Safe for threads.
 */
public final class NatsBucket {
    private static final int WRONG_LAST_SEQUENCE = 10_071;
    private static final int STREAM_NOT_FOUND = 10_059;

    /** How long the server keeps the mark of what ended or was deleted. */
    private static final Duration MARKER = Duration.ofMinutes(5);

    private final NatsAccess nats;
    private final String name;
    private final int replicas;
    private final Duration timeout;
    private volatile @Nullable Open open;

    /**
     * @param ends whether the server ends messages by itself (from 2.11 on)
     */
    private record Open(Connection connection, long reconnects, KeyValue bucket, boolean ends) {}

    public NatsBucket(NatsAccess nats, String name, int replicas, Duration timeout) {
        this.nats = nats;
        this.name = name;
        this.replicas = replicas;
        this.timeout = timeout;
    }

    /** Work on a bucket. */
    @FunctionalInterface
    public interface Work<T> {
        T on(KeyValue bucket) throws IOException, JetStreamApiException, InterruptedException;
    }

    /** Runs a call, and turns what goes wrong into a {@link StoreFailure}. */
    public <T> T call(Work<T> work) {
        return run(opened -> work.on(opened.bucket()));
    }

    /**
     * Writes a value.
     *
     * @param life for how long the server may keep it; empty for ever
     * @param revision what must be there; empty for whatever is
     * @return the new revision; empty when something else was there
     */
    public OptionalLong write(
            String key, byte[] value, Optional<Duration> life, OptionalLong revision) {
        return run(
                opened -> {
                    PublishOptions.Builder options = PublishOptions.builder();
                    revision.ifPresent(options::expectedLastSubjectSequence);
                    if (opened.ends()) {
                        life.ifPresent(each -> options.messageTtlSeconds(seconds(each)));
                    }
                    return expected(
                            () ->
                                    opened.connection()
                                            .jetStream(options())
                                            .publish(
                                                    "$KV." + name + "." + key,
                                                    value,
                                                    options.build())
                                            .getSeqno());
                });
    }

    /** Writes a value where none is, a deleted one apart. */
    public OptionalLong create(String key, byte[] value, Optional<Duration> life) {
        return run(
                opened ->
                        expected(
                                () ->
                                        opened.ends() && life.isPresent()
                                                ? opened.bucket()
                                                        .create(
                                                                key,
                                                                value,
                                                                MessageTtl.seconds(
                                                                        seconds(life.get())))
                                                : opened.bucket().create(key, value)));
    }

    /** Takes a value away if it is the one of this revision. */
    public boolean purge(String key, long revision) {
        return run(
                opened ->
                        expected(
                                        () -> {
                                            if (opened.ends()) {
                                                opened.bucket()
                                                        .purge(
                                                                key,
                                                                revision,
                                                                MessageTtl.seconds(
                                                                        seconds(MARKER)));
                                            } else {
                                                opened.bucket().purge(key, revision);
                                            }
                                            return revision;
                                        })
                                .isPresent());
    }

    /** Why it cannot be used now; empty when it can. */
    public static Optional<String> trouble(NatsAccess nats) {
        return nats.connection().get().isPresent()
                ? Optional.empty()
                : Optional.of(nats.detail().get());
    }

    private interface Revision {
        long get() throws IOException, JetStreamApiException;
    }

    private static OptionalLong expected(Revision write) throws IOException, JetStreamApiException {
        try {
            return OptionalLong.of(write.get());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    /** The server counts in seconds; what ends before is not shown any more. */
    private static int seconds(Duration life) {
        return (int) Math.min(Integer.MAX_VALUE, life.toSeconds() + 2);
    }

    private interface Opened<T> {
        T run(Open opened) throws IOException, JetStreamApiException, InterruptedException;
    }

    private <T> T run(Opened<T> work) {
        try {
            return work.run(open());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == STREAM_NOT_FOUND) {
                open = null; // the next call makes it anew
            }
            throw new StoreFailure(Reason.FAILED, "NATS: " + e.getMessage(), e);
        } catch (IOException | IllegalStateException e) {
            open = null;
            throw new StoreFailure(Reason.UNAVAILABLE, "NATS: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure(Reason.UNAVAILABLE, "interrupted", e);
        }
    }

    private synchronized Open open()
            throws IOException, JetStreamApiException, InterruptedException {
        Connection connection =
                nats.connection()
                        .get()
                        .orElseThrow(
                                () ->
                                        new StoreFailure(
                                                Reason.UNAVAILABLE, nats.detail().get(), null));
        long reconnects = connection.getStatistics().getReconnects();
        Open known = open;
        if (known != null && known.connection() == connection && known.reconnects() == reconnects) {
            return known;
        }
        boolean modern = connection.getServerInfo().isSameOrNewerThanVersion("2.11.0");
        KeyValueStatus status = require(connection, modern);
        Open made =
                new Open(
                        connection,
                        reconnects,
                        connection.keyValue(name, bucketOptions()),
                        modern && status.getLimitMarkerTtl() != null);
        open = made;
        return made;
    }

    /** One that is there keeps its settings. */
    private KeyValueStatus require(Connection connection, boolean modern)
            throws IOException, JetStreamApiException, InterruptedException {
        KeyValueManagement buckets = connection.keyValueManagement(bucketOptions());
        try {
            return buckets.getStatus(name);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != STREAM_NOT_FOUND) {
                throw e;
            }
        }
        KeyValueConfiguration.Builder wanted =
                KeyValueConfiguration.builder()
                        .name(name)
                        .description("Keys and values of Treadle functions")
                        .replicas(replicas);
        if (modern) {
            wanted.limitMarker(MARKER);
        }
        try {
            return buckets.create(wanted.build());
        } catch (JetStreamApiException e) {
            return buckets.getStatus(name); // another node may have been faster
        }
    }

    private KeyValueOptions bucketOptions() {
        return KeyValueOptions.builder().jetStreamOptions(options()).build();
    }

    private JetStreamOptions options() {
        return JetStreamOptions.builder().requestTimeout(timeout).build();
    }
}
