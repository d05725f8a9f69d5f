package dev.treadle.bindings.kv;

import dev.treadle.Kv;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Refuses what no provider takes. */
final class KvArguments {
    private static final Duration TTL_MIN = Duration.ofMillis(1);
    private static final Duration TTL_MAX = Duration.ofDays(36_500);

    private KvArguments() {}

    static void key(String key) {
        if (isPlain(key) && !key.isEmpty() && key.length() <= Kv.KEY_BYTES_MAX) {
            return;
        }
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > Kv.KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a key has 1 to %d bytes, this one %d".formatted(Kv.KEY_BYTES_MAX, bytes));
        }
        whole(key);
    }

    /** As nearly all keys are: of as many bytes as letters, and whole. */
    private static boolean isPlain(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Half pairs have no bytes of their own, so that two such keys would be one. */
    private static void whole(String key) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
            throw new IllegalArgumentException("the key has half a surrogate pair");
        }
    }

    static void value(byte[] value) {
        if (value.length > Kv.VALUE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a value has at most %d bytes, this one %d; larger ones belong into blobs"
                            .formatted(Kv.VALUE_BYTES_MAX, value.length));
        }
    }

    static void ttl(Duration ttl) {
        if (ttl.compareTo(TTL_MIN) < 0 || ttl.compareTo(TTL_MAX) > 0) {
            throw new IllegalArgumentException(
                    "a ttl is 1 ms to 36500 days, not %s".formatted(ttl));
        }
    }

    static void page(String prefix, int limit) {
        if (prefix.getBytes(StandardCharsets.UTF_8).length > Kv.KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a prefix has at most %d bytes".formatted(Kv.KEY_BYTES_MAX));
        }
        whole(prefix);
        if (limit < 1 || limit > Kv.PAGE_MAX) {
            throw new IllegalArgumentException(
                    "a page has 1 to %d entries, not %d".formatted(Kv.PAGE_MAX, limit));
        }
    }
}
