package dev.treadle.engine;

import dev.treadle.Log;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a function prints to its log, a line at a time: {@code System.out} at INFO, {@code
 * System.err} at WARN. Prints of the node itself go where they always went. A function's own
 * threads are known by their context class loader, which they inherit. Safe for threads.
 */
public final class PrintCapture implements AutoCloseable {
    private static final int LINE_BYTES_MAX = LogStore.MESSAGE_CHARS_MAX;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    /** Takes over {@code System.out} and {@code System.err}. One at a time in a process. */
    public PrintCapture() {
        System.setOut(router(out, Log.Level.INFO));
        System.setErr(router(err, Log.Level.WARN));
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }

    private static PrintStream router(PrintStream original, Log.Level level) {
        return new PrintStream(new Router(original, level), true, StandardCharsets.UTF_8);
    }

    private static @Nullable FunctionInstance currentFunction(@Nullable Running call) {
        if (call != null) {
            return call.instance;
        }
        return Thread.currentThread().getContextClassLoader() instanceof ReleaseLoader loader
                ? loader.instance()
                : null;
    }

    /** A {@code PrintStream} hands whole writes down under its lock. */
    private static final class Router extends OutputStream {
        private final PrintStream original;
        private final Log.Level level;

        Router(PrintStream original, Log.Level level) {
            this.original = original;
            this.level = level;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            Running call = CurrentCall.get();
            FunctionInstance function = currentFunction(call);
            if (function == null) {
                original.write(bytes, offset, length);
            } else {
                function.partialLine(level).write(bytes, offset, length, call);
            }
        }

        @Override
        public void flush() {
            if (currentFunction(CurrentCall.get()) == null) {
                original.flush();
            }
        }
    }

    /**
     * The line that a function is printing. Each call has lines of its own: it ends the line of the
     * call before, and its own when it ends. Safe for threads.
     */
    static final class PartialLine {
        private final FunctionLog log;
        private final Log.Level level;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private volatile @Nullable Running writer;

        PartialLine(FunctionLog log, Log.Level level) {
            this.log = log;
            this.level = level;
        }

        synchronized void write(byte[] bytes, int offset, int length, @Nullable Running call) {
            if (writer != call) {
                endLine();
                writer = call;
            }
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] == '\n') {
                    log();
                } else if (line.size() < LINE_BYTES_MAX) {
                    line.write(bytes[i]);
                }
            }
        }

        /** The call is over: what it printed without an end of line is a line too. */
        void end(Running call) {
            if (writer == call) {
                synchronized (this) {
                    if (writer == call) {
                        endLine();
                        writer = null;
                    }
                }
            }
        }

        private void endLine() {
            if (line.size() > 0) {
                log();
            }
        }

        private void log() {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            log.write(
                    level,
                    text.endsWith("\r") ? text.substring(0, text.length() - 1) : text,
                    writer);
        }
    }
}
