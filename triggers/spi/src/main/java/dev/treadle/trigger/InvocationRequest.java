package dev.treadle.trigger;

import java.util.Optional;

/**
 * What a trigger asks the dispatcher to run.
 *
 * @param id the invocation's id
 * @param target what to run
 * @param trigger the trigger's name for records and metrics: {@code http}, {@code invoke}, …
 * @param lineage what it descends from
 * @param input the payload
 */
public record InvocationRequest(
        String id, Target target, String trigger, Lineage lineage, Input input) {

    /** A request that is tried once: its ids follow from its own. */
    public static InvocationRequest once(
            String id, Target target, String trigger, Optional<TraceContext> trace, Input input) {
        return new InvocationRequest(id, target, trigger, Lineage.first(id, trace), input);
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
