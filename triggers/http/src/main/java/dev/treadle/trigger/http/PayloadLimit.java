package dev.treadle.trigger.http;

import dev.treadle.HttpError;

/**
 * How large a payload may be, and whose rule that is.
 *
 * @param key the setting to change
 */
record PayloadLimit(long bytesMax, String key) {
    private static final long ARRAY_BYTES_MAX = 1L << 30;

    /** The stricter one of a function's and the node's. */
    static PayloadLimit of(long functionBytesMax, long nodeBytesMax) {
        return functionBytesMax <= nodeBytesMax
                ? new PayloadLimit(functionBytesMax, "the function's limits.payload")
                : new PayloadLimit(nodeBytesMax, "the node's http.payload-max");
    }

    /** The same, but no more than an array can hold. */
    PayloadLimit inMemory() {
        return bytesMax <= ARRAY_BYTES_MAX
                ? this
                : new PayloadLimit(
                        ARRAY_BYTES_MAX, "a body that is read at once, not as a stream,");
    }

    /**
     * @throws HttpError 413 when this is too much
     */
    void check(long bytes) {
        if (bytes > bytesMax) {
            throw new HttpError(
                    413, "the payload has " + bytes + " bytes; " + key + " allows " + bytesMax);
        }
    }

    /** For payloads whose size is not known. */
    HttpError passed() {
        return new HttpError(
                413, "the payload has more bytes than " + key + " allows: " + bytesMax);
    }
}
