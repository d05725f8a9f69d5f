package dev.treadle.bindings.rocks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The keys of one store, in a RocksDB that all stores share: in full, a key is the store's name, a
 * zero byte and the key's own bytes.
 */
public final class StoreKeys {
    private final byte[] prefix;

    public StoreKeys(String store) {
        this.prefix = (store + '\0').getBytes(StandardCharsets.UTF_8);
    }

    public byte[] full(String key) {
        byte[] own = key.getBytes(StandardCharsets.UTF_8);
        byte[] full = Arrays.copyOf(prefix, prefix.length + own.length);
        System.arraycopy(own, 0, full, prefix.length, own.length);
        return full;
    }

    public String key(byte[] full) {
        return new String(full, prefix.length, full.length - prefix.length, StandardCharsets.UTF_8);
    }

    /**
     * Where a page begins.
     *
     * @param wanted what its keys begin with
     * @param from the place where the page before ended
     */
    public byte[] begin(String wanted, Optional<String> from) {
        byte[] start = full(wanted);
        byte[] first = from.map(StoreKeys::bytes).orElse(start);
        return Arrays.compareUnsigned(first, start) > 0 ? first : start;
    }

    /** The least bytes after all keys that begin so: no key has the byte 255. */
    public byte[] end(String wanted) {
        byte[] start = full(wanted);
        byte[] after = Arrays.copyOf(start, start.length + 1);
        after[start.length] = (byte) 0xff;
        return after;
    }

    /** Where the next page begins, as callers keep it. */
    public static String place(byte[] full) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(full);
    }

    private static byte[] bytes(String place) {
        try {
            return Base64.getUrlDecoder().decode(place);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is no place where a page begins".formatted(place), e);
        }
    }
}
