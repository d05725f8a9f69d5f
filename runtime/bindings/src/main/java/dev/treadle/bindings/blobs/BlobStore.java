package dev.treadle.bindings.blobs;

import dev.treadle.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * One store of one provider. Arguments are checked before; failures are {@link
 * dev.treadle.bindings.StoreFailure}s. What each method means stands in {@link Blobs}. Safe for
 * threads.
 */
public interface BlobStore {
    Optional<Blobs.Info> info(String key);

    /** What is there, with its content where that comes along. */
    default Optional<Look> look(String key) {
        return info(key).map(info -> new Look(info, Optional.empty()));
    }

    /**
     * What is known of a blob after one call.
     *
     * @param content all of it; empty when it is still to be read
     */
    record Look(Blobs.Info info, Optional<byte[]> content) {}

    /**
     * Begins to read what is there.
     *
     * @param offset not more than its size
     * @param length how many bytes are wanted at most; the stream may give more
     */
    InputStream read(String key, long offset, long length);

    /**
     * @param size how many bytes there are; -1 when nobody knows
     * @throws IOException when the content fails; nothing is put then
     */
    Blobs.Info put(String key, InputStream content, long size, Blobs.Attributes attributes)
            throws IOException;

    void delete(String key);

    Blobs.Page list(String prefix, int limit, Optional<String> from);

    URI urlToGet(String key, Duration life);

    URI urlToPut(String key, Duration life);
}
