package dev.treadle.testing;

import dev.treadle.Log;
import java.util.Optional;

/**
 * One line of a function's log.
 *
 * @param level how much it matters
 * @param invocation the id of the call that wrote it; empty for lines from {@code start}
 * @param message the message with its arguments filled in
 * @param thrown the exception that was passed along
 */
public record LogLine(
        Log.Level level, String invocation, String message, Optional<Throwable> thrown) {}
