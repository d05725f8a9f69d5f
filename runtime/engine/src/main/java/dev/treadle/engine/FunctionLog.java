package dev.treadle.engine;

import dev.treadle.Log;
import dev.treadle.trigger.Effects;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of one release; knows the current call by {@link CurrentCall}. Safe for threads. */
final class FunctionLog implements Log {
    private static final int FRAMES_MAX = 50;
    private static final String PLATFORM = "\tat dev.treadle.engine.";

    private final String function;
    private final int release;
    private final LogStore store;
    private final InstantSource clock;

    FunctionLog(String function, int release, LogStore store, InstantSource clock) {
        this.function = function;
        this.release = release;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public boolean enabled(Level level) {
        return true;
    }

    @Override
    public void log(Level level, String message, Object... arguments) {
        write(level, LogFormat.format(message, arguments), CurrentCall.get());
    }

    /** Writes a finished message on behalf of a call. */
    void write(Level level, String message, @Nullable Running call) {
        Optional<String> invocation = Optional.empty();
        Optional<String> trace = Optional.empty();
        if (call != null) {
            invocation = Optional.of(call.id());
            trace = Optional.ofNullable(call.traceId());
        }
        store.append(
                new LogLine(
                        0,
                        clock.instant(),
                        function,
                        release,
                        invocation,
                        trace,
                        level,
                        cut(marked(message, call))));
    }

    /** Who reads of things done must know when they were not. */
    private static String marked(String message, @Nullable Running call) {
        return call != null && call.request.effects() instanceof Effects.Captured
                ? "(dry run) " + message
                : message;
    }

    private static String cut(String message) {
        return message.length() <= LogStore.MESSAGE_CHARS_MAX
                ? message
                : message.substring(0, LogStore.MESSAGE_CHARS_MAX) + "… (cut)";
    }

    /**
     * The trace down to where the platform calls the function: what follows says nothing to
     * authors.
     */
    static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        List<String> own = new ArrayList<>();
        boolean platform = false;
        int frames = 0;
        for (String line : text.toString().split("\\R")) {
            boolean frame = line.startsWith("\tat ");
            platform = frame && (platform || line.startsWith(PLATFORM));
            if (!frame) {
                leaveOut(frames - FRAMES_MAX, own);
                frames = 0;
            } else if (!platform) {
                frames++;
            }
            if (!platform && frames <= FRAMES_MAX) {
                own.add(line);
            }
        }
        leaveOut(frames - FRAMES_MAX, own);
        return String.join("\n", own);
    }

    /** A recursion without end has a thousand frames of which each says the same. */
    private static void leaveOut(int frames, List<String> lines) {
        if (frames > 0) {
            lines.add("\t... " + frames + " more");
        }
    }
}
