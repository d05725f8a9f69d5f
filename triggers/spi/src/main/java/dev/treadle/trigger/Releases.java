package dev.treadle.trigger;

import java.util.OptionalInt;

/** Says where aliases point, for triggers that try an event again and again. Safe for threads. */
public interface Releases {
    /**
     * The release that a target stands for.
     *
     * @param chance picks among weighted releases; the same one each time while the alias stays
     * @return empty when there is no such function, alias or release
     */
    OptionalInt choose(InvocationRequest.Target target, long chance);
}
