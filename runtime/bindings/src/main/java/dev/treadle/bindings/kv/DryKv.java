package dev.treadle.bindings.kv;

import dev.treadle.Kv;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A store as a dry run sees it: reads find what the run itself has written, and what is really
 * there beneath; writes are told instead of done. What the run has written does not end before the
 * run does.
 */
public final class DryKv implements KvStore {
    private final KvStore real;
    private final Written written;
    private final Consumer<String> told;

    /**
     * @param told takes what would have been written, for people
     */
    public DryKv(KvStore real, Written written, Consumer<String> told) {
        this.real = real;
        this.written = written;
        this.told = told;
    }

    /** What one dry run has written to a store; nothing stands for a key that was deleted. */
    public static final class Written {
        private final Map<String, Optional<Kv.Entry>> entries = new HashMap<>();
        private long versions;
    }

    @Override
    public Optional<Kv.Entry> get(String key) {
        synchronized (written) {
            Optional<Kv.Entry> own = written.entries.getOrDefault(key, Optional.empty());
            return written.entries.containsKey(key) ? own : real.get(key);
        }
    }

    @Override
    public long put(String key, byte[] value, Optional<Duration> ttl) {
        synchronized (written) {
            told.accept("put %s, %d bytes".formatted(key, value.length));
            return write(key, value);
        }
    }

    @Override
    public OptionalLong create(String key, byte[] value, Optional<Duration> ttl) {
        synchronized (written) {
            return get(key).isEmpty()
                    ? OptionalLong.of(put(key, value, ttl))
                    : OptionalLong.empty();
        }
    }

    @Override
    public OptionalLong replace(String key, long version, byte[] value, Optional<Duration> ttl) {
        synchronized (written) {
            return is(key, version) ? OptionalLong.of(put(key, value, ttl)) : OptionalLong.empty();
        }
    }

    @Override
    public boolean delete(String key) {
        synchronized (written) {
            return delete(key, get(key).isPresent());
        }
    }

    @Override
    public boolean delete(String key, long version) {
        synchronized (written) {
            return delete(key, is(key, version));
        }
    }

    private boolean delete(String key, boolean there) {
        if (there) {
            told.accept("delete " + key);
            written.entries.put(key, Optional.empty());
        }
        return there;
    }

    @Override
    public long add(String key, long by, Optional<Duration> ttl) {
        synchronized (written) {
            Optional<Kv.Entry> before = get(key);
            long sum = before.isEmpty() ? by : Counter.sum(key, before.get().value(), by);
            told.accept("add %d to %s, which makes %d".formatted(by, key, sum));
            write(key, Counter.value(sum));
            return sum;
        }
    }

    /** New keys come with the last page. */
    @Override
    public Kv.Page scan(String prefix, int limit, Optional<String> from) {
        Kv.Page page = real.scan(prefix, limit, from);
        synchronized (written) {
            List<Kv.Entry> entries = new ArrayList<>();
            for (Kv.Entry entry : page.entries()) {
                get(entry.key()).ifPresent(entries::add);
            }
            if (page.next().isEmpty()) {
                for (String key : new TreeSet<>(written.entries.keySet())) {
                    if (key.startsWith(prefix) && real.get(key).isEmpty()) {
                        get(key).ifPresent(entries::add);
                    }
                }
            }
            return new Kv.Page(entries, page.next());
        }
    }

    private boolean is(String key, long version) {
        return get(key).filter(entry -> entry.version() == version).isPresent();
    }

    private long write(String key, byte[] value) {
        long version = ++written.versions;
        written.entries.put(key, Optional.of(new Kv.Entry(key, value.clone(), version)));
        return version;
    }
}
