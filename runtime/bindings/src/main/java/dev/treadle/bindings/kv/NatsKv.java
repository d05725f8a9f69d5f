package dev.treadle.bindings.kv;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.Kv;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.nats.NatsBucket;
import io.nats.client.api.KeyResult;
import io.nats.client.api.KeyValueEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A store in a key-value bucket. A key is in Base64, since a subject takes few characters; a value
 * has the end of its life before it, which counts on every server, also on one that cannot end
 * messages by itself; the version is the bucket's revision.
 */
final class NatsKv implements KvStore {
    private static final int HEAD = 1 + Long.BYTES;
    private static final byte MARK = 'T';

    /** Others change the same key all the time when so many tries are not enough. */
    private static final int TRIES_MAX = 200;

    private final NatsBucket bucket;
    private final InstantSource clock;

    NatsKv(NatsBucket bucket, InstantSource clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /**
     * What the bucket has.
     *
     * @param end milliseconds since 1970; zero for never
     */
    private record Found(long revision, long end, byte[] value, boolean live) {}

    @Override
    public Optional<Kv.Entry> get(String key) {
        Found found = find(key);
        if (found != null && !found.live()) {
            bucket.purge(subject(key), found.revision()); // it would stay on an old server
        }
        return found == null || !found.live()
                ? Optional.empty()
                : Optional.of(new Kv.Entry(key, found.value(), found.revision()));
    }

    @Override
    public long put(String key, byte[] value, Optional<Duration> ttl) {
        return bucket.write(subject(key), record(value, end(ttl)), ttl, OptionalLong.empty())
                .orElseThrow();
    }

    @Override
    public OptionalLong create(String key, byte[] value, Optional<Duration> ttl) {
        for (int i = 0; i < TRIES_MAX; i++) {
            Found found = find(key);
            if (found != null && found.live()) {
                return OptionalLong.empty();
            }
            OptionalLong made = make(key, found, value, end(ttl), ttl);
            if (made.isPresent()) {
                return made;
            }
        }
        throw tooBusy(key);
    }

    /** In the place of what has ended, or of nothing. */
    private OptionalLong make(
            String key, @Nullable Found ended, byte[] value, long end, Optional<Duration> life) {
        byte[] record = record(value, end);
        return ended == null
                ? bucket.create(subject(key), record, life)
                : bucket.write(subject(key), record, life, OptionalLong.of(ended.revision()));
    }

    @Override
    public OptionalLong replace(String key, long version, byte[] value, Optional<Duration> ttl) {
        Found found = find(key);
        return isLive(found, version)
                ? bucket.write(subject(key), record(value, end(ttl)), ttl, OptionalLong.of(version))
                : OptionalLong.empty();
    }

    @Override
    public boolean delete(String key) {
        for (int i = 0; i < TRIES_MAX; i++) {
            Found found = find(key);
            if (found == null || !found.live()) {
                return false;
            }
            if (bucket.purge(subject(key), found.revision())) {
                return true;
            }
        }
        throw tooBusy(key);
    }

    @Override
    public boolean delete(String key, long version) {
        return isLive(find(key), version) && bucket.purge(subject(key), version);
    }

    @Override
    public long add(String key, long by, Optional<Duration> ttl) {
        for (int i = 0; i < TRIES_MAX; i++) {
            Found found = find(key);
            Found live = found != null && found.live() ? found : null;
            long sum = live == null ? by : Counter.sum(key, live.value(), by);
            OptionalLong done =
                    live == null
                            ? make(key, found, Counter.value(sum), end(ttl), ttl)
                            : goOn(key, live, Counter.value(sum));
            if (done.isPresent()) {
                return sum;
            }
        }
        throw tooBusy(key);
    }

    /** Another value for as long as the one before would have lived. */
    private OptionalLong goOn(String key, Found before, byte[] value) {
        Optional<Duration> life =
                before.end() == 0
                        ? Optional.empty()
                        : Optional.of(
                                Duration.ofMillis(Math.max(1, before.end() - clock.millis())));
        return bucket.write(
                subject(key),
                record(value, before.end()),
                life,
                OptionalLong.of(before.revision()));
    }

    /** Looks at the names of all keys, and keeps the first of those that are wanted. */
    @Override
    public Kv.Page scan(String prefix, int limit, Optional<String> from) {
        TreeSet<String> first = new TreeSet<>(NatsKv::byBytes);
        BlockingQueue<KeyResult> all = bucket.call(opened -> opened.consumeKeys());
        while (true) {
            String key = next(all);
            if (key.isEmpty()) {
                break;
            }
            boolean wanted =
                    key.startsWith(prefix) && from.filter(f -> byBytes(key, f) <= 0).isEmpty();
            if (wanted && first.add(key) && first.size() > limit) {
                first.pollLast();
            }
        }
        List<Kv.Entry> entries = new ArrayList<>();
        first.forEach(key -> get(key).ifPresent(entries::add));
        return new Kv.Page(
                entries, first.size() < limit ? Optional.empty() : Optional.of(first.last()));
    }

    /** Empty at the end; no key is. */
    private static String next(BlockingQueue<KeyResult> all) {
        try {
            KeyResult result = all.take();
            Exception failure = result.getException();
            if (failure != null) {
                throw new StoreFailure(
                        Reason.UNAVAILABLE, "NATS: " + failure.getMessage(), failure);
            }
            String key = result.getKey();
            return key == null ? "" : key(key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure(Reason.UNAVAILABLE, "interrupted", e);
        }
    }

    private @Nullable Found find(String key) {
        KeyValueEntry entry = bucket.call(opened -> opened.get(subject(key)));
        byte[] record = entry == null ? null : entry.getValue();
        if (entry == null || record == null) {
            return null;
        }
        if (record.length < HEAD || record[0] != MARK) {
            throw Foreign.value(key);
        }
        long end = ByteBuffer.wrap(record).getLong(1);
        return new Found(
                entry.getRevision(),
                end,
                Arrays.copyOfRange(record, HEAD, record.length),
                end == 0 || end > clock.millis());
    }

    private static boolean isLive(@Nullable Found found, long version) {
        return found != null && found.live() && found.revision() == version;
    }

    private long end(Optional<Duration> ttl) {
        return ttl.isEmpty() ? 0 : clock.millis() + ttl.get().toMillis();
    }

    private static byte[] record(byte[] value, long end) {
        return ByteBuffer.allocate(HEAD + value.length).put(MARK).putLong(end).put(value).array();
    }

    private static String subject(String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(String subject) {
        try {
            return new String(Base64.getUrlDecoder().decode(subject), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Foreign.value(subject);
        }
    }

    private static int byBytes(String a, String b) {
        return Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private static StoreFailure tooBusy(String key) {
        return new StoreFailure(
                Reason.BUSY,
                "others changed '%s' each of %d times".formatted(key, TRIES_MAX),
                null);
    }
}
