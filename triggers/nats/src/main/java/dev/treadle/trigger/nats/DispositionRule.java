package dev.treadle.trigger.nats;

import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Turns outcomes into dispositions. No clock, no network: all that decides is an argument. */
record DispositionRule(RetryRule retry, RandomGenerator random) {
    /** Until a function that is not on this node may have come, or another node has taken over. */
    private static final Duration ABSENT_PAUSE = Duration.ofSeconds(5);

    /**
     * What becomes of an event.
     *
     * @param attempt the attempt that has ended, counted from 1
     */
    Disposition of(Outcome outcome, int attempt) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> new Disposition.Ack();
            case Outcome.Refused refused ->
                    new Disposition.Retry(retry.spread(refused.pause(), random), false);
            case Outcome.Failed failed -> failed(failed, attempt);
            case Outcome.Expired expired ->
                    again(
                            attempt,
                            Duration.ZERO,
                            ErrorCode.FUNCTION_TIMEOUT,
                            "not done within %d ms".formatted(expired.timeout().toMillis()),
                            Optional.empty());
            case Outcome.Streaming _ ->
                    throw new IllegalArgumentException("a streamed answer has no end yet");
        };
    }

    private Disposition failed(Outcome.Failed failed, int attempt) {
        if (failed.code() == ErrorCode.NO_FUNCTION) {
            return new Disposition.Retry(ABSENT_PAUSE, false);
        }
        if (failed.permanent()) {
            return new Disposition.Bury(
                    reason(failed.code()), failed.code().id(), failed.message(), failed.cause());
        }
        return again(attempt, failed.pause(), failed.code(), failed.message(), failed.cause());
    }

    private Disposition again(
            int attempt,
            Duration asked,
            ErrorCode code,
            String message,
            Optional<Outcome.Cause> cause) {
        if (retry.exhausted(attempt)) {
            return new Disposition.Bury(DeadLetter.Reason.EXHAUSTED, code.id(), message, cause);
        }
        return new Disposition.Retry(
                asked.isZero() ? retry.pauseAfter(attempt, random) : atLeast(asked), true);
    }

    private static Duration atLeast(Duration pause) {
        return pause.compareTo(RetryRule.PAUSE_LEAST) < 0 ? RetryRule.PAUSE_LEAST : pause;
    }

    /** What cannot be read is told apart from what the function turned down. */
    private static DeadLetter.Reason reason(ErrorCode code) {
        return code == ErrorCode.BAD_REQUEST
                        || code == ErrorCode.UNSUPPORTED_MEDIA
                        || code == ErrorCode.PAYLOAD_TOO_LARGE
                ? DeadLetter.Reason.UNDECODABLE
                : DeadLetter.Reason.PERMANENT;
    }
}
