package dev.treadle.bindings.kv;

import dev.treadle.bindings.nats.NatsAccess;
import dev.treadle.bindings.nats.NatsBucket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Stores in JetStream, on the NATS that the node works with: a bucket each.
 *
 * @param replicas of a bucket that is made
 * @param timeout how long to wait for each answer
 */
public record NatsKvProvider(NatsAccess nats, int replicas, Duration timeout, InstantSource clock)
        implements KvProvider {
    @Override
    public String name() {
        return "nats";
    }

    @Override
    public String text() {
        return "nats, buckets TREADLE_KV_…";
    }

    @Override
    public KvStore store(String store) {
        return new NatsKv(new NatsBucket(nats, "TREADLE_KV_" + store, replicas, timeout), clock);
    }

    @Override
    public Optional<String> trouble() {
        return NatsBucket.trouble(nats);
    }

    @Override
    public void close() {}
}
