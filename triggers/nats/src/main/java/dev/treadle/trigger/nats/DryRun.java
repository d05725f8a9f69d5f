package dev.treadle.trigger.nats;

import dev.treadle.Response;
import dev.treadle.trigger.Changes;
import dev.treadle.trigger.Effects;
import dev.treadle.trigger.Outcome;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Collects what one dry run puts out. The publishes may come from many threads. */
final class DryRun {
    /** As much of a streamed answer as is looked at. */
    private static final int STREAMED_MAX = 1 << 20;

    /** Guarded by itself. */
    private final List<Output.Published> publishes = new ArrayList<>();

    private final Changes changes = new Changes();
    private Output.Answer answer = Output.Answer.NONE;

    Effects effects() {
        return new Effects.Captured(
                (subject, event, messageId, _, _) -> {
                    Subjects.requirePlain(subject);
                    synchronized (publishes) {
                        publishes.add(new Output.Published(subject, event, messageId));
                    }
                },
                changes);
    }

    /** Reads the outcome's answer; gives the outcome that it ends as. */
    Outcome end(Outcome outcome) {
        if (outcome instanceof Outcome.Streaming streaming) {
            Head head = new Head();
            Outcome end = streaming.body().writeTo(head);
            answer = new Output.Answer(contentType(streaming.head()), head.toByteArray());
            return end;
        }
        if (outcome instanceof Outcome.Succeeded(Response response)
                && response.body() instanceof Response.Body.Bytes(byte[] bytes)) {
            answer = new Output.Answer(contentType(response), bytes);
        }
        return outcome;
    }

    Output.Answer answer() {
        return answer;
    }

    List<Changes.Change> changes() {
        return changes.all();
    }

    List<Output.Published> publishes() {
        synchronized (publishes) {
            return List.copyOf(publishes);
        }
    }

    private static String contentType(Response response) {
        return response.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("Content-Type"))
                .map(Response.Header::value)
                .findFirst()
                .orElse("");
    }

    /** Keeps the first so many bytes and lets the rest go. */
    private static final class Head extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int b) {
            if (count < STREAMED_MAX) {
                super.write(b);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, Math.min(length, STREAMED_MAX - count));
        }
    }
}
