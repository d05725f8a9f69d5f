package dev.treadle.server.schedules;

import dev.treadle.trigger.nats.Buckets;
import dev.treadle.trigger.nats.NatsSession;
import dev.treadle.trigger.nats.NatsUnavailable;
import dev.treadle.trigger.schedule.Schedule;
import dev.treadle.trigger.schedule.TickStore;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Has one of all nodes at a NATS server fire a tick: the one that first creates the tick's key in a
 * bucket. The node's own store says, as without NATS, how far it has come. Safe for threads.
 */
public final class SharedTickStore implements TickStore {
    private static final String BUCKET = "TREADLE_TICKS";
    private static final int WRONG_LAST_SEQUENCE = 10071;

    /** A node that was away for longer may make up for ticks that others have fired. */
    private static final Duration KEPT = Duration.ofDays(2);

    /** A tick that comes later than this counts as missed anyway. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TickStore own;
    private final NatsSession session;
    private final boolean required;
    private final String node;

    /**
     * The bucket, until the connection breaks: the server may come again with an empty store.
     * Guarded by this.
     */
    private Optional<Shared> shared = Optional.empty();

    private record Shared(NatsSession.Line line, KeyValue bucket) {}

    /**
     * Makes a store.
     *
     * @param required whether no tick may be fired while NATS is away; not so for a node that
     *     manages the server: while that is down, no other node can fire it either
     * @param node who this is, for people who read the bucket
     */
    public SharedTickStore(TickStore own, NatsSession session, boolean required, String node) {
        this.own = own;
        this.session = session;
        this.required = required;
        this.node = node;
    }

    @Override
    public Optional<Mark> read(Schedule.Id id) {
        return own.read(id);
    }

    @Override
    public void begin(Schedule.Id id, Mark mark) {
        own.begin(id, mark);
    }

    /** At most one node is told that it may, and none when the server's answer is lost. */
    @Override
    public boolean claim(Schedule.Id id, Mark mark) {
        boolean first = isFirst(id, mark);
        return own.claim(id, mark) && first;
    }

    private boolean isFirst(Schedule.Id id, Mark mark) {
        try {
            Optional<Connection> connection =
                    required ? Optional.of(session.await(PATIENCE)) : session.connected();
            return connection.isEmpty() || create(connection.get(), key(id, mark));
        } catch (NatsUnavailable e) {
            throw new UncheckedIOException(
                    "NATS is away, and another node may fire it", new IOException(e));
        } catch (IOException e) {
            throw new UncheckedIOException("NATS does not answer", e);
        } catch (JetStreamApiException e) {
            throw new UncheckedIOException("NATS says: " + e.getMessage(), new IOException(e));
        }
    }

    private boolean create(Connection connection, String key)
            throws IOException, JetStreamApiException {
        try {
            var _ = bucket(connection).create(key, node.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
                return false;
            }
            throw e;
        }
    }

    private synchronized KeyValue bucket(Connection connection)
            throws IOException, JetStreamApiException {
        NatsSession.Line line = NatsSession.Line.of(connection);
        if (shared.isEmpty() || !shared.get().line().equals(line)) {
            KeyValue bucket =
                    Buckets.open(
                            connection,
                            KeyValueConfiguration.builder()
                                    .name(BUCKET)
                                    .description("Treadle: ticks that were fired")
                                    .ttl(KEPT)
                                    .build());
            shared = Optional.of(new Shared(line, bucket));
        }
        return shared.orElseThrow().bucket();
    }

    private static String key(Schedule.Id id, Mark mark) {
        return "%s.%s.%d".formatted(id.function(), id.trigger(), mark.last().toEpochMilli());
    }

    @Override
    public void forget(Schedule.Id id) {
        own.forget(id);
    }
}
