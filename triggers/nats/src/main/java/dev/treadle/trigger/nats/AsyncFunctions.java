package dev.treadle.trigger.nats;

import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.Input;
import dev.treadle.trigger.Releases;
import dev.treadle.trigger.StoredRequest;
import java.util.function.Function;

/**
 * What runs calls that are answered later. Safe for threads.
 *
 * @param inputs makes what functions take of stored requests
 */
public record AsyncFunctions(
        Dispatcher dispatcher,
        Releases releases,
        AsyncRules rules,
        Function<StoredRequest, Input> inputs) {}
