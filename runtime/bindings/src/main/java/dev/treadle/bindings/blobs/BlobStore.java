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

    /** What is there, with as much of its content as comes along. */
    default Optional<Look> look(String key) {
        return info(key).map(info -> new Look(info, new byte[0]));
    }

    /**
     * What is known of a blob after one call.
     *
     * @param start the content's first bytes; it may be all of it, or nothing
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares looks
    record Look(Blobs.Info info, byte[] start) {
        /** Whether nothing is to be read any more. */
        boolean isWhole() {
            return start.length == info.size();
        }
    }

    /**
     * Begins to read what is there by now; the start that came along may be used again, if what
     * follows it is the same.
     *
     * @param look at it, which did not give the whole of it
     * @param offset less than its size
     * @param length how many bytes are wanted at most; the stream may give more
     */
    InputStream read(Look look, long offset, long length);

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
