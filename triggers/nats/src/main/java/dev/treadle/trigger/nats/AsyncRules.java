package dev.treadle.trigger.nats;

import dev.treadle.trigger.InvocationRequest.Target;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What is deployed on this node, for calls that are answered later. Safe for threads. */
public interface AsyncRules {
    /**
     * The rule of a function's trigger; that of its first route, or the usual one, when it has no
     * such trigger.
     */
    AsyncRule rule(String function, String trigger);

    /**
     * How many of a function's calls this node runs at once; empty when it has no such function.
     */
    OptionalInt concurrency(String function);

    /** The function's limit; empty when there is no such function, alias or release. */
    OptionalLong payloadBytesMax(Target target);
}
