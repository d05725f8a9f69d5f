package dev.treadle.testing;

import dev.treadle.Kv;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Keys and values in memory, with the rules of a node's stores. Safe for threads. */
public final class MemoryKv implements Kv {
    private final InstantSource clock;
    private final Optional<Duration> ttl;

    /** In the order of the keys' bytes. Guarded by this. */
    private final NavigableMap<String, Record> records =
            new TreeMap<>((a, b) -> Arrays.compareUnsigned(bytes(a), bytes(b)));

    private long versions;

    private record Record(byte[] value, long version, Optional<Instant> end) {}

    private MemoryKv(InstantSource clock, Optional<Duration> ttl) {
        this.clock = clock;
        this.ttl = ttl;
    }

    /** An empty one by the system's clock. */
    public static MemoryKv create() {
        return on(InstantSource.system());
    }

    /** An empty one whose keys end by this clock, e.g. a {@link VirtualClock}. */
    public static MemoryKv on(InstantSource clock) {
        return new MemoryKv(clock, Optional.empty());
    }

    /**
     * An empty one by the same clock, with the {@code ttl} that a manifest's binding would have.
     */
    public MemoryKv ttl(Duration ttl) {
        return new MemoryKv(clock, Optional.of(ttl));
    }

    @Override
    public synchronized Optional<Entry> get(String key) {
        checkKey(key);
        return live(key).map(record -> entry(key, record));
    }

    @Override
    public synchronized long put(String key, byte[] value) {
        check(key, value);
        return write(key, value, end(ttl));
    }

    @Override
    public synchronized long put(String key, byte[] value, Duration life) {
        check(key, value);
        return write(key, value, end(life));
    }

    @Override
    public synchronized OptionalLong create(String key, byte[] value) {
        check(key, value);
        return create(key, value, end(ttl));
    }

    @Override
    public synchronized OptionalLong create(String key, byte[] value, Duration life) {
        check(key, value);
        return create(key, value, end(life));
    }

    private OptionalLong create(String key, byte[] value, Optional<Instant> end) {
        return live(key).isPresent()
                ? OptionalLong.empty()
                : OptionalLong.of(write(key, value, end));
    }

    @Override
    public synchronized OptionalLong replace(String key, long version, byte[] value) {
        check(key, value);
        return replace(key, version, value, end(ttl));
    }

    @Override
    public synchronized OptionalLong replace(
            String key, long version, byte[] value, Duration life) {
        check(key, value);
        return replace(key, version, value, end(life));
    }

    private OptionalLong replace(String key, long version, byte[] value, Optional<Instant> end) {
        return is(key, version) ? OptionalLong.of(write(key, value, end)) : OptionalLong.empty();
    }

    @Override
    public synchronized boolean delete(String key) {
        checkKey(key);
        boolean there = live(key).isPresent();
        records.remove(key);
        return there;
    }

    @Override
    public synchronized boolean delete(String key, long version) {
        checkKey(key);
        boolean same = is(key, version);
        if (same) {
            records.remove(key);
        }
        return same;
    }

    @Override
    public synchronized long add(String key, long by) {
        checkKey(key);
        Optional<Record> before = live(key);
        long sum = before.isEmpty() ? by : sum(key, before.get(), by);
        write(key, bytes(Long.toString(sum)), before.map(Record::end).orElse(end(ttl)));
        return sum;
    }

    private static long sum(String key, Record before, long by) {
        try {
            String text = new String(before.value(), StandardCharsets.UTF_8);
            long number = Long.parseLong(text);
            if (!Long.toString(number).equals(text)) {
                throw new NumberFormatException(text);
            }
            return Math.addExact(number, by);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the value of '%s' is no whole number that could be added to".formatted(key),
                    e);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "the sum for '%s' is larger than a long holds".formatted(key), e);
        }
    }

    @Override
    public Page scan(String prefix, int limit) {
        return scan(prefix, limit, "");
    }

    @Override
    public synchronized Page scan(String prefix, int limit, String from) {
        if (limit < 1 || limit > PAGE_MAX) {
            throw new IllegalArgumentException(
                    "a page has 1 to %d entries, not %d".formatted(PAGE_MAX, limit));
        }
        List<Entry> found = new ArrayList<>();
        for (String key : records.tailMap(from, true).keySet()) {
            Optional<Record> record = key.startsWith(prefix) ? live(key) : Optional.empty();
            if (record.isPresent() && found.size() == limit) {
                return new Page(found, Optional.of(key));
            }
            record.ifPresent(each -> found.add(entry(key, each)));
        }
        return new Page(found, Optional.empty());
    }

    private long write(String key, byte[] value, Optional<Instant> end) {
        records.put(key, new Record(value.clone(), ++versions, end));
        return versions;
    }

    private Optional<Record> live(String key) {
        Instant now = clock.instant();
        return Optional.ofNullable(records.get(key))
                .filter(record -> record.end().isEmpty() || record.end().get().isAfter(now));
    }

    private boolean is(String key, long version) {
        return live(key).filter(record -> record.version() == version).isPresent();
    }

    private Optional<Instant> end(Duration life) {
        if (life.toMillis() < 1) {
            throw new IllegalArgumentException("a ttl is 1 ms or more, not " + life);
        }
        return end(Optional.of(life));
    }

    private Optional<Instant> end(Optional<Duration> life) {
        return life.map(clock.instant()::plus);
    }

    private static Entry entry(String key, Record record) {
        return new Entry(key, record.value().clone(), record.version());
    }

    private static void check(String key, byte[] value) {
        checkKey(key);
        if (value.length > VALUE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a value has at most %d bytes, this one %d"
                            .formatted(VALUE_BYTES_MAX, value.length));
        }
    }

    private static void checkKey(String key) {
        int length = bytes(key).length;
        if (length == 0 || length > KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a key has 1 to %d bytes, this one %d".formatted(KEY_BYTES_MAX, length));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
