package dev.treadle.engine;

import dev.treadle.Response;
import dev.treadle.StreamBody;
import dev.treadle.trigger.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A body that the function writes piece by piece, still within its call. For one thread. */
final class StreamedBody implements Outcome.Stream {
    private final Run run;
    private final Running call;
    private final Response head;
    private final StreamBody writer;
    private boolean ended;

    StreamedBody(Run run, Running call, Response head, StreamBody writer) {
        this.run = run;
        this.call = call;
        this.head = head;
        this.writer = writer;
    }

    @Override
    public Outcome writeTo(OutputStream out) {
        if (ended) {
            throw new IllegalStateException("the body has been written or closed");
        }
        ended = true;
        call.instance.streamDeadlines().add(call);
        WatchedStream watched = new WatchedStream(out);
        ThreadState thread = ThreadState.enter(call.instance.loader());
        try {
            ScopedValue.where(CurrentCall.VALUE, call)
                    .call(
                            () -> {
                                writer.writeTo(watched);
                                return null;
                            });
        } catch (Throwable failure) {
            thread.leave();
            return watched.callerGone ? run.succeed(head) : run.fail(failure);
        }
        thread.leave();
        return run.succeed(head);
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            run.succeed(head);
        }
    }

    /** Notices that the caller has gone away, which is not the function's fault. */
    private static final class WatchedStream extends OutputStream {
        private final OutputStream out;
        private boolean callerGone;

        WatchedStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            attempt(() -> out.write(b));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            attempt(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            attempt(out::flush);
        }

        private void attempt(Write write) throws IOException {
            try {
                write.run();
            } catch (IOException e) {
                callerGone = true;
                throw e;
            } catch (UncheckedIOException e) {
                callerGone = true;
                throw e.getCause();
            }
        }

        private interface Write {
            void run() throws IOException;
        }
    }
}
