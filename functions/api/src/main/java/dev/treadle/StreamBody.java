package dev.treadle;

import java.io.IOException;
import java.io.OutputStream;

/** Writes an answer piece by piece. */
@FunctionalInterface
public interface StreamBody {
    /**
     * Writes the whole answer. Runs within the call: the same thread, log and invocation. What is
     * flushed is sent at once. After the first byte the status can no longer change; a failure cuts
     * the answer off so that the caller notices.
     *
     * @throws IOException when the caller has gone away
     */
    void writeTo(OutputStream out) throws Exception;
}
