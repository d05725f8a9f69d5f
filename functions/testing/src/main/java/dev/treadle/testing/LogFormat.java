package dev.treadle.testing;

import dev.treadle.Log;
import java.util.Optional;

/** Fills in the {@code {}} of log messages. */
final class LogFormat {
    private static final String PLACE = "{}";

    private LogFormat() {}

    static LogLine line(Log.Level level, String invocation, String message, Object... arguments) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        int used = 0;
        int place = message.indexOf(PLACE);
        while (place >= 0 && used < arguments.length) {
            text.append(message, from, place).append(arguments[used]);
            used++;
            from = place + PLACE.length();
            place = message.indexOf(PLACE, from);
        }
        text.append(message, from, message.length());
        return new LogLine(level, invocation, text.toString(), leftOver(used, arguments));
    }

    private static Optional<Throwable> leftOver(int used, Object... arguments) {
        boolean thrown =
                used < arguments.length && arguments[arguments.length - 1] instanceof Throwable;
        return thrown ? Optional.of((Throwable) arguments[arguments.length - 1]) : Optional.empty();
    }
}
