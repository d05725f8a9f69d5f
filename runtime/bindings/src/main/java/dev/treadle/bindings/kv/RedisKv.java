package dev.treadle.bindings.kv;

import dev.treadle.Kv;
import dev.treadle.bindings.redis.RedisHome;
import dev.treadle.bindings.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/**
 * A store in Redis: the keys that begin with {@code treadle:kv:STORE:}. A value has its version
 * before it, chosen by who writes it, so that a put is a SET and a get a GET; what compares is a
 * script, which Redis runs as a whole.
 */
final class RedisKv implements KvStore {
    private static final RedisScript REPLACE =
            new RedisScript(
                    """
                    if redis.call('GETRANGE', KEYS[1], 0, 8) ~= ARGV[1] then return 0 end
                    if ARGV[3] == '0' then
                        redis.call('SET', KEYS[1], ARGV[2])
                    else
                        redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
                    end
                    return 1
                    """);

    private static final RedisScript DELETE =
            new RedisScript(
                    """
                    if redis.call('GETRANGE', KEYS[1], 0, 8) ~= ARGV[1] then return 0 end
                    return redis.call('DEL', KEYS[1])
                    """);

    /** Lua's numbers are too small for sums, so Redis adds, while nobody else can see the key. */
    private static final RedisScript ADD =
            new RedisScript(
                    """
                    local before = redis.call('GET', KEYS[1])
                    if not before then
                        if ARGV[3] == '0' then
                            redis.call('SET', KEYS[1], ARGV[1] .. ARGV[2])
                        else
                            redis.call('SET', KEYS[1], ARGV[1] .. ARGV[2], 'PX', ARGV[3])
                        end
                        return ARGV[2]
                    end
                    if #before < 9 or string.sub(before, 1, 1) ~= 'T' then return 'foreign' end
                    redis.call('SET', KEYS[1], string.sub(before, 10), 'KEEPTTL')
                    local sum = redis.pcall('INCRBY', KEYS[1], ARGV[2])
                    if type(sum) == 'table' and sum.err then
                        redis.call('SET', KEYS[1], before, 'KEEPTTL')
                        if string.find(sum.err, 'overflow') then return 'overflow' end
                        return 'number'
                    end
                    local digits = redis.call('GET', KEYS[1])
                    redis.call('SET', KEYS[1], ARGV[1] .. digits, 'KEEPTTL')
                    return digits
                    """);

    private final RedisHome home;
    private final String prefix;
    private final Versions versions;

    RedisKv(RedisHome home, String store, Versions versions) {
        this.home = home;
        this.prefix = "treadle:kv:" + store + ":";
        this.versions = versions;
    }

    @Override
    public Optional<Kv.Entry> get(String key) {
        byte[] full = full(key);
        byte @Nullable [] record = home.call(redis -> redis.client().get(full));
        return Optional.ofNullable(record).map(each -> RedisRecord.entry(key, each));
    }

    @Override
    public long put(String key, byte[] value, Optional<Duration> ttl) {
        long version = versions.next();
        byte[] full = full(key);
        byte[] record = RedisRecord.of(version, value);
        home.call(
                redis ->
                        ttl.isEmpty()
                                ? redis.client().set(full, record)
                                : redis.client().set(full, record, life(ttl)));
        return version;
    }

    @Override
    public OptionalLong create(String key, byte[] value, Optional<Duration> ttl) {
        long version = versions.next();
        byte[] full = full(key);
        byte[] record = RedisRecord.of(version, value);
        String done = home.call(redis -> redis.client().set(full, record, life(ttl).nx()));
        return done == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    @Override
    public OptionalLong replace(String key, long version, byte[] value, Optional<Duration> ttl) {
        long next = versions.next();
        boolean done =
                isDone(
                        run(
                                REPLACE,
                                key,
                                RedisRecord.head(version),
                                RedisRecord.of(next, value),
                                millis(ttl)));
        return done ? OptionalLong.of(next) : OptionalLong.empty();
    }

    @Override
    public boolean delete(String key) {
        byte[] full = full(key);
        return home.call(redis -> redis.client().del(full)) == 1;
    }

    @Override
    public boolean delete(String key, long version) {
        return isDone(run(DELETE, key, RedisRecord.head(version)));
    }

    @Override
    public long add(String key, long by, Optional<Duration> ttl) {
        Object answer =
                run(ADD, key, RedisRecord.head(versions.next()), Counter.value(by), millis(ttl));
        String text = new String((byte[]) answer, StandardCharsets.US_ASCII);
        return switch (text) {
            case "foreign" -> throw Foreign.value(key);
            case "overflow" -> throw Counter.overflow(key);
            case "number" -> throw Counter.noNumber(key);
            default -> Long.parseLong(text);
        };
    }

    @Override
    public Kv.Page scan(String wanted, int limit, Optional<String> from) {
        RedisScan scan = new RedisScan(prefix, wanted, limit);
        return home.call(
                redis -> {
                    RedisScan.Keys found = scan.keys(redis, from);
                    return new Kv.Page(entries(redis.client(), found.keys()), found.next());
                });
    }

    private List<Kv.Entry> entries(UnifiedJedis client, List<String> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        List<byte[]> records = client.mget(keys.stream().map(this::full).toArray(byte[][]::new));
        List<Kv.Entry> entries = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            byte[] record = records.get(i);
            if (record != null) {
                entries.add(RedisRecord.entry(keys.get(i), record));
            }
        }
        return entries;
    }

    private Object run(RedisScript script, String key, byte[]... arguments) {
        byte[] full = full(key);
        return home.call(redis -> script.run(redis.client(), full, arguments));
    }

    private byte[] full(String key) {
        return (prefix + key).getBytes(StandardCharsets.UTF_8);
    }

    private static SetParams life(Optional<Duration> ttl) {
        SetParams params = new SetParams();
        ttl.ifPresent(each -> params.px(each.toMillis()));
        return params;
    }

    private static byte[] millis(Optional<Duration> ttl) {
        long millis = ttl.map(Duration::toMillis).orElse(0L);
        return Long.toString(millis).getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isDone(Object answer) {
        return answer instanceof Long number && number == 1;
    }
}
