package dev.treadle.trigger;

import java.time.Duration;
import java.util.Optional;

/**
 * What a trigger asks the dispatcher to run.
 *
 * @param id the invocation's id
 * @param target what to run
 * @param trigger the trigger's name for records and metrics: {@code http}, {@code http-2}, {@code
 *     invoke}, …
 * @param lineage what it descends from
 * @param input the payload
 * @param effects what becomes of what it does to the world outside
 * @param patience how long its caller waits, from now on; empty for as long as the function may run
 */
public record InvocationRequest(
        String id,
        Target target,
        String trigger,
        Lineage lineage,
        Input input,
        Effects effects,
        Optional<Duration> patience) {

    /** A request whose caller waits as long as the function may run. */
    public InvocationRequest(
            String id,
            Target target,
            String trigger,
            Lineage lineage,
            Input input,
            Effects effects) {
        this(id, target, trigger, lineage, input, effects, Optional.empty());
    }

    /** A request whose effects are real. */
    public InvocationRequest(
            String id, Target target, String trigger, Lineage lineage, Input input) {
        this(id, target, trigger, lineage, input, Effects.REAL);
    }

    /** The same with other effects. */
    public InvocationRequest effects(Effects wanted) {
        return new InvocationRequest(id, target, trigger, lineage, input, wanted, patience);
    }

    /** The same for a caller who waits no longer than that, whatever the function may. */
    public InvocationRequest patience(Duration wait) {
        return new InvocationRequest(
                id, target, trigger, lineage, input, effects, Optional.of(wait));
    }

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
