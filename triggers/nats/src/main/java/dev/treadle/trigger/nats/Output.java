package dev.treadle.trigger.nats;

import dev.treadle.Event;
import dev.treadle.trigger.Changes;
import dev.treadle.trigger.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came out of one run of one event.
 *
 * @param invocation the id of the last attempt's invocation
 * @param release what ran; empty when there was none
 * @param attempts how often it was tried
 * @param end how the last attempt ended
 * @param answer what it answered; of a dry run only
 * @param publishes what it would have published at the last attempt; of a dry run only
 * @param changes what it would have changed in stores at the last attempt; of a dry run only
 */
public record Output(
        String invocation,
        OptionalInt release,
        int attempts,
        End end,
        Answer answer,
        List<Published> publishes,
        List<Changes.Change> changes) {
    public Output {
        changes = List.copyOf(changes);
        publishes = List.copyOf(publishes);
    }

    /** How an attempt ended. */
    public sealed interface End {
        /**
         * @param status the HTTP status that says so
         */
        record Succeeded(int status) implements End {}

        /**
         * @param outcome failed, expired or refused
         * @param code the error code's id
         * @param cause what the function threw
         */
        record Failed(String outcome, String code, String message, Optional<Outcome.Cause> cause)
                implements End {}
    }

    /** A body and its type; both are empty when there is none. */
    public record Answer(String contentType, byte[] body) {
        static final Answer NONE = new Answer("", new byte[0]);
    }

    /**
     * An event that would have been published.
     *
     * @param messageId what the stream would have known repetitions by
     */
    public record Published(String subject, Event event, String messageId) {}

    public boolean succeeded() {
        return end instanceof End.Succeeded;
    }
}
