package dev.treadle.testing;

import dev.treadle.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * What a call gets from the one that waits for it.
 *
 * @param caller the function that calls
 * @param origin what the ids of events and publishes follow from
 * @param depth how many functions wait for this call's answer
 * @param json the caller's, for payloads and answers
 */
record Chain(
        String caller,
        String origin,
        int attempt,
        int depth,
        Instant deadline,
        String traceparent,
        Optional<String> tracestate,
        Json json) {
    /** A chain that is deeper runs in a circle. */
    static final int DEPTH_MAX = 16;
}
