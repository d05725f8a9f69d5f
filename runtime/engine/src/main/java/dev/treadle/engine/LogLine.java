package dev.treadle.engine;

import dev.treadle.Log;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of a function's log.
 *
 * @param sequence counts up within the function on this node
 * @param invocation the call it was written in; empty for start, close and the function's own
 *     threads
 * @param trace the id of the distributed trace, if the call is part of one
 */
public record LogLine(
        long sequence,
        Instant time,
        String function,
        int release,
        Optional<String> invocation,
        Optional<String> trace,
        Log.Level level,
        String message) {}
