package dev.treadle.engine;

/** Fills {@code {}} in log messages. */
final class LogFormat {
    private LogFormat() {}

    static String format(String message, Object... arguments) {
        if (arguments.length == 0) {
            return message;
        }
        StringBuilder text = new StringBuilder(message.length() + 16 * arguments.length);
        int next = 0;
        int from = 0;
        for (int at = message.indexOf("{}"); at >= 0 && next < arguments.length; ) {
            text.append(message, from, at).append(show(arguments[next++]));
            from = at + 2;
            at = message.indexOf("{}", from);
        }
        text.append(message, from, message.length());
        if (next < arguments.length
                && arguments[arguments.length - 1] instanceof Throwable failure) {
            text.append('\n').append(FunctionLog.stackTrace(failure));
        }
        return text.toString();
    }

    /** A function's own {@code toString} may fail; its log line must not. */
    private static String show(Object argument) {
        try {
            return String.valueOf(argument);
        } catch (RuntimeException e) {
            return "(toString failed: " + e.getClass().getName() + ")";
        }
    }
}
