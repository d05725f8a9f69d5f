package dev.treadle.trigger.nats;

import dev.treadle.Response;
import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.AsyncCall.State;
import dev.treadle.trigger.StoredRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is remembered of a call from its first attempt on.
 *
 * @param release the release that was chosen at the first attempt
 */
record CallRecord(AsyncCall call, OptionalInt release) {
    /** Of a request that no attempt has been made for. */
    static CallRecord queued(StoredRequest request) {
        return new CallRecord(
                new AsyncCall(
                        request.id(),
                        request.target().function(),
                        State.QUEUED,
                        0,
                        request.accepted(),
                        request.accepted(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                OptionalInt.empty());
    }

    /** One more attempt begins. */
    CallRecord running(OptionalInt release, Instant now) {
        return changed(State.RUNNING, call.attempts() + 1, call.failure(), now, release);
    }

    /**
     * It waits for another attempt.
     *
     * @param attempted whether the one that has ended counts
     */
    CallRecord waiting(AsyncCall.Failure failure, boolean attempted, Instant now) {
        int attempts = attempted ? call.attempts() : call.attempts() - 1;
        return changed(
                State.QUEUED,
                attempts,
                Optional.of(failure),
                now,
                attempts == 0 ? OptionalInt.empty() : release);
    }

    CallRecord succeeded(Response result, Instant now, Duration kept) {
        return ended(State.SUCCEEDED, Optional.empty(), Optional.of(result), now, kept);
    }

    CallRecord failed(AsyncCall.Failure failure, Instant now, Duration kept) {
        return ended(State.FAILED, Optional.of(failure), Optional.empty(), now, kept);
    }

    CallRecord cancelled(Instant now, Duration kept) {
        return ended(State.CANCELLED, call.failure(), Optional.empty(), now, kept);
    }

    private CallRecord ended(
            State state,
            Optional<AsyncCall.Failure> failure,
            Optional<Response> result,
            Instant now,
            Duration kept) {
        return new CallRecord(
                new AsyncCall(
                        call.id(),
                        call.function(),
                        state,
                        call.attempts(),
                        call.accepted(),
                        now,
                        failure,
                        result,
                        Optional.of(now.plus(kept))),
                release);
    }

    private CallRecord changed(
            State state,
            int attempts,
            Optional<AsyncCall.Failure> failure,
            Instant now,
            OptionalInt release) {
        return new CallRecord(
                new AsyncCall(
                        call.id(),
                        call.function(),
                        state,
                        attempts,
                        call.accepted(),
                        now,
                        failure,
                        Optional.empty(),
                        Optional.empty()),
                release);
    }
}
