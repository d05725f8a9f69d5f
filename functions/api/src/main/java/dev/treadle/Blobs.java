package dev.treadle;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files of any size by keys, shared by all functions that bind the same store. A put is seen whole
 * or not at all; of two at once the later one stays.
 *
 * <p>A key is text of 1 to 1024 bytes in UTF-8 without control characters, such as {@code
 * photos/2026/7.jpg}; what stands between its slashes is not empty, {@code .} or {@code ..}. Use no
 * key beside others that begin with it and a slash, such as {@code a} beside {@code a/b}: not every
 * server lists them all. A content type and metadata may be given with each put: names of metadata
 * are lower-case letters, digits and hyphens, values are printable ASCII, 2048 bytes together.
 *
 * <p>Every method throws {@link BindingFailed} when the store cannot be reached, is too slow or
 * fails. Wrong arguments are {@link IllegalArgumentException}s. Safe for threads.
 */
public interface Blobs {
    /** How many bytes a key may have. */
    int KEY_BYTES_MAX = 1024;

    /** How many bytes names and values of metadata may have together. */
    int METADATA_BYTES_MAX = 2048;

    /** How many entries a page may have. */
    int PAGE_MAX = 1000;

    /**
     * What is known of a blob.
     *
     * @param size in bytes
     * @param etag differs when the content does
     * @param contentType empty when the put named none
     * @param metadata as it was put
     * @param modified when it was put
     */
    record Info(
            String key,
            long size,
            String etag,
            Optional<String> contentType,
            Map<String, String> metadata,
            Instant modified) {
        public Info {
            metadata = Map.copyOf(metadata);
        }
    }

    /** What goes with a put. */
    record Attributes(Optional<String> contentType, Map<String, String> metadata) {
        public static final Attributes NONE = new Attributes(Optional.empty(), Map.of());

        public Attributes {
            metadata = Map.copyOf(metadata);
        }

        /** A content type alone, e.g. {@code image/jpeg}. */
        public static Attributes of(String contentType) {
            return new Attributes(Optional.of(contentType), Map.of());
        }

        /** The same with a piece of metadata more. */
        public Attributes with(String name, String value) {
            Map<String, String> more = new HashMap<>(metadata);
            more.put(name, value);
            return new Attributes(contentType, more);
        }
    }

    /** Part of a list; no metadata and no content type are told there. */
    record Page(List<Info> blobs, Optional<String> next) {
        public Page {
            blobs = List.copyOf(blobs);
        }
    }

    /**
     * A blob that is there. Its content is read when it is asked for, and is what is there then; a
     * small one, or the start of a large one, may have come along at once, and is what was there at
     * the get. What one call reads is of one put.
     */
    interface Blob {
        Info info();

        /** All of it, in memory. */
        byte[] bytes();

        /** So many bytes from there on; fewer where it ends before. */
        byte[] bytes(long offset, int length);

        /** All of it, to be read and closed within the call. Reading may fail as I/O does. */
        InputStream stream();

        /** As {@link #stream()}, from there on to the end. */
        InputStream stream(long offset);
    }

    /** What is there under the key. */
    Optional<Blob> get(String key);

    /** Puts bytes there, whatever was there before. */
    default Info put(String key, byte[] content) {
        return put(key, content, Attributes.NONE);
    }

    /** As {@link #put(String, byte[])}, with what goes with it. */
    Info put(String key, byte[] content, Attributes attributes);

    /**
     * Puts what a stream gives, however long; the stream stays the caller's to close. When it
     * throws, nothing is put.
     */
    Info put(String key, InputStream content, Attributes attributes);

    /** Takes away what is there, if something is. */
    void delete(String key);

    /**
     * The first of the blobs whose keys begin with the prefix, in the order of the keys' bytes.
     *
     * @param prefix empty for all
     * @param limit how many at most, 1 to {@link #PAGE_MAX}
     */
    Page list(String prefix, int limit);

    /**
     * Goes on with a list.
     *
     * @param from {@link Page#next} of the page before
     */
    Page list(String prefix, int limit, String from);

    /**
     * A URL under which anybody can read the blob for so long, without the node.
     *
     * @param life 1 second to 7 days
     * @throws UnsupportedOperationException when the provider has none: the embedded one
     */
    URI urlToGet(String key, Duration life);

    /**
     * A URL to which anybody can PUT the blob for so long, without the node. No event tells of it.
     *
     * @param life 1 second to 7 days
     * @throws UnsupportedOperationException when the provider has none: the embedded one
     */
    URI urlToPut(String key, Duration life);
}
