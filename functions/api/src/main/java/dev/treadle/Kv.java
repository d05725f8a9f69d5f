package dev.treadle;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keys and values that stay when the call ends, shared by all functions that bind the same store.
 * Each method returns when it is done, within what is left of the call's deadline.
 *
 * <p>A key is text of 1 to 1024 bytes in UTF-8; a value is bytes, {@link #VALUE_BYTES_MAX} at most.
 * Each write gives a key a new version, a number that is never zero and says nothing about order;
 * with it a change can be made that takes place only if nobody else has been faster.
 *
 * <p>Every method throws {@link BindingFailed} when the store cannot be reached, is too slow or
 * fails; a write may have taken place then. Wrong arguments are {@link IllegalArgumentException}s.
 * Safe for threads.
 */
public interface Kv {
    /** How many bytes a key may have. */
    int KEY_BYTES_MAX = 1024;

    /** How many bytes a value may have: 1 MiB less what a store needs beside it. */
    int VALUE_BYTES_MAX = (1 << 20) - 1024;

    /** How many entries a page may have. */
    int PAGE_MAX = 1000;

    /**
     * What stands under a key.
     *
     * @param value the caller's own copy
     * @param version of the write that put it there
     */
    record Entry(String key, byte[] value, long version) {
        /** The value as text in UTF-8. */
        public String text() {
            return new String(value, StandardCharsets.UTF_8);
        }
    }

    /**
     * Part of what a scan finds.
     *
     * @param next where the next page begins; empty at the end
     */
    record Page(List<Entry> entries, Optional<String> next) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /**
     * What stands under the key; empty when there is nothing, or its time is over. Where the
     * binding is {@code cached} in the manifest, this may be as old as it says there; but never
     * older than the last write to the key through this node, nor than one that failed or came too
     * late, so that who tries again after a lost race reads anew.
     */
    Optional<Entry> get(String key);

    /**
     * Puts a value there, whatever was there before. It lives as long as the binding's {@code ttl}
     * in the manifest says, for ever without.
     *
     * @return its version
     */
    long put(String key, byte[] value);

    /**
     * As {@link #put(String, byte[])}, for so long.
     *
     * @param ttl from now on, at least a millisecond
     */
    long put(String key, byte[] value, Duration ttl);

    /** As {@link #put(String, byte[])}, with text in UTF-8. */
    default long put(String key, String text) {
        return put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #put(String, byte[], Duration)}, with text in UTF-8. */
    default long put(String key, String text, Duration ttl) {
        return put(key, text.getBytes(StandardCharsets.UTF_8), ttl);
    }

    /**
     * Puts a value there if nothing is there.
     *
     * @return its version; empty when something was there, which stays
     */
    OptionalLong create(String key, byte[] value);

    /** As {@link #create(String, byte[])}, for so long. */
    OptionalLong create(String key, byte[] value, Duration ttl);

    /**
     * Puts a value in the place of one that was read before, if that is still there.
     *
     * @param version of the value that was read
     * @return its new version; empty when another value or none is there now
     */
    OptionalLong replace(String key, long version, byte[] value);

    /** As {@link #replace(String, long, byte[])}, for so long. */
    OptionalLong replace(String key, long version, byte[] value, Duration ttl);

    /**
     * Takes away what is there.
     *
     * @return whether something was there
     */
    boolean delete(String key);

    /**
     * Takes away a value that was read before, if it is still there.
     *
     * @return whether it was
     */
    boolean delete(String key, long version);

    /**
     * Adds to a counter: a value that is a whole number in decimal digits. Nothing counts as zero.
     * A counter that begins gets the binding's {@code ttl}; one that goes on keeps its time.
     *
     * @param by may be negative
     * @return the sum
     * @throws IllegalArgumentException when another value is there, or the sum is no {@code long}
     */
    long add(String key, long by);

    /**
     * The first of the entries whose keys begin with the prefix. The order is the provider's: with
     * an embedded store and NATS that of the keys' bytes, with Redis none.
     *
     * @param prefix empty for all
     * @param limit how many at most, 1 to {@link #PAGE_MAX}; a page may have fewer, even none, and
     *     still not be the last
     */
    Page scan(String prefix, int limit);

    /**
     * Goes on with a scan. What is there throughout is found; what comes or goes meanwhile may be
     * found or not. With Redis an entry may come twice.
     *
     * @param from {@link Page#next} of the page before
     */
    Page scan(String prefix, int limit, String from);
}
