package dev.treadle.adapters.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.treadle.Log;
import java.nio.charset.StandardCharsets;

/** Lambda's logger over the function's log. */
record Logger(Log log) implements LambdaLogger {
    @Override
    public void log(String message) {
        write(Log.Level.INFO, message);
    }

    @Override
    public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
    }

    @Override
    public void log(String message, LogLevel level) {
        write(ours(level), message);
    }

    @Override
    public void log(byte[] message, LogLevel level) {
        log(new String(message, StandardCharsets.UTF_8), level);
    }

    private static Log.Level ours(LogLevel level) {
        return switch (level) {
            case TRACE, DEBUG -> Log.Level.DEBUG;
            case UNDEFINED, INFO -> Log.Level.INFO;
            case WARN -> Log.Level.WARN;
            case ERROR, FATAL -> Log.Level.ERROR;
        };
    }

    /** As an argument, so that braces in the message stay what they are. */
    private void write(Log.Level level, String message) {
        log.log(level, "{}", message.stripTrailing());
    }
}
