package dev.treadle.trigger;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an invocation descends from: the event that its ids follow from, and the calls and events
 * that led to it.
 *
 * @param origin what the ids of its events and publishes follow from: the same for each attempt
 * @param attempt 1 for the first
 * @param release the release chosen at an earlier attempt; runs if it is still deployed
 * @param depth how many functions wait for its answer: 0 for one that a trigger runs
 * @param hops how many events led from one function to the next before it: 0 for one that the
 *     outside world caused
 * @param trace the caller's place in a distributed trace
 */
public record Lineage(
        String origin,
        int attempt,
        OptionalInt release,
        int depth,
        int hops,
        Optional<TraceContext> trace) {
    /** A chain of events that is longer runs in a circle. */
    public static final int HOPS_MAX = 16;

    /** A chain of calls that is deeper runs in a circle. */
    public static final int DEPTH_MAX = 16;

    public Lineage {
        if (attempt < 1 || depth < 0 || hops < 0) {
            throw new IllegalArgumentException(
                    "attempt %d, depth %d, hops %d".formatted(attempt, depth, hops));
        }
    }

    /** The first attempt of something from outside. */
    public static Lineage first(String origin, Optional<TraceContext> trace) {
        return new Lineage(origin, 1, OptionalInt.empty(), 0, 0, trace);
    }

    /** The same at another attempt, on the release that was chosen before. */
    public Lineage attempt(int number, OptionalInt chosen) {
        return new Lineage(origin, number, chosen, depth, hops, trace);
    }

    /** The same after so many events. */
    public Lineage hops(int number) {
        return new Lineage(origin, attempt, release, depth, number, trace);
    }

    /**
     * A call that it makes.
     *
     * @param caller the function that calls
     * @param number counts the calls of one invocation, so that each attempt gives the same call
     *     the same origin
     * @param place the caller's own place in the trace
     */
    public Lineage call(String caller, int number, TraceContext place) {
        return new Lineage(
                origin + '/' + caller + '.' + number,
                attempt,
                OptionalInt.empty(),
                depth + 1,
                hops,
                Optional.of(place));
    }
}
