package dev.treadle.testing;

import dev.treadle.Log;
import java.util.ArrayList;
import java.util.List;

/** What a function has logged so far, in order. Safe for threads. */
public final class TestLog {
    private final List<LogLine> lines = new ArrayList<>();

    TestLog() {}

    /** All lines. */
    public synchronized List<LogLine> lines() {
        return List.copyOf(lines);
    }

    /** The text of all lines. */
    public List<String> messages() {
        return lines().stream().map(LogLine::message).toList();
    }

    /** The log as one call sees it. */
    Log of(String invocation) {
        return new Log() {
            @Override
            public boolean enabled(Level level) {
                return true;
            }

            @Override
            public void log(Level level, String message, Object... arguments) {
                add(LogFormat.line(level, invocation, message, arguments));
            }
        };
    }

    private synchronized void add(LogLine line) {
        lines.add(line);
    }
}
