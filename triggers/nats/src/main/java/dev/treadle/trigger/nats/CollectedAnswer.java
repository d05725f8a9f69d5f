package dev.treadle.trigger.nats;

import dev.treadle.Response;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Turns answers into ones that can be kept: all their bytes are there, and not too many. */
final class CollectedAnswer {
    private final long bytesMax;

    CollectedAnswer(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Never {@link Outcome.Streaming}; a body that is too large makes a failure. */
    Outcome of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Streaming(Response head, Outcome.Stream body) -> collect(head, body);
            case Outcome.Succeeded(Response answer) ->
                    CallRecordBytes.body(answer).length > bytesMax ? tooLarge() : outcome;
            case Outcome.Failed _, Outcome.Expired _, Outcome.Refused _ -> outcome;
        };
    }

    private Outcome collect(Response head, Outcome.Stream body) {
        Bounded out = new Bounded();
        Outcome end = body.writeTo(out);
        if (out.passed) {
            return tooLarge();
        }
        return end instanceof Outcome.Succeeded
                ? new Outcome.Succeeded(head.body(out.toByteArray()))
                : end;
    }

    private Outcome tooLarge() {
        return new Outcome.Failed(
                ErrorCode.RESULT_UNWRITABLE,
                ErrorCode.RESULT_UNWRITABLE.status(),
                "the result has more than %d bytes, as many as can be kept for an asynchronous call; have the function put it elsewhere and answer where it is"
                        .formatted(bytesMax),
                true,
                Duration.ZERO);
    }

    private final class Bounded extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private boolean passed;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (kept.size() + (long) length > bytesMax) {
                passed = true;
                throw new IOException("more than %d bytes".formatted(bytesMax));
            }
            kept.write(bytes, offset, length);
        }

        byte[] toByteArray() {
            return kept.toByteArray();
        }
    }
}
