package dev.treadle.trigger;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a trigger asks the dispatcher to run.
 *
 * @param id the invocation's id
 * @param target what to run
 * @param trigger the trigger's name for records and metrics: {@code http}, {@code invoke}, …
 * @param attempt 1 for the first
 * @param origin what the ids of its events and publishes follow from: the same for each attempt
 * @param release the release chosen at an earlier attempt; runs if it is still deployed
 * @param trace the caller's place in a distributed trace
 * @param input the payload
 */
public record InvocationRequest(
        String id,
        Target target,
        String trigger,
        int attempt,
        String origin,
        OptionalInt release,
        Optional<TraceContext> trace,
        Input input) {

    /** A request that is tried once: its ids follow from its own. */
    public static InvocationRequest once(
            String id, Target target, String trigger, Optional<TraceContext> trace, Input input) {
        return new InvocationRequest(id, target, trigger, 1, id, OptionalInt.empty(), trace, input);
    }

    /**
     * Which function and which of its releases.
     *
     * @param function the function's name
     * @param reference an alias such as {@code live}, or a release such as {@code v7}
     */
    public record Target(String function, String reference) {
        /** The alias that triggers call. */
        public static Target live(String function) {
            return new Target(function, "live");
        }
    }
}
