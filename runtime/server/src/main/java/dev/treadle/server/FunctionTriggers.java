package dev.treadle.server;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.TriggerSpec;
import java.util.Map;

/**
 * The triggers of a function that are live, by their names. Where {@code live} is split among
 * releases, those of the newest count.
 */
public final class FunctionTriggers {
    private FunctionTriggers() {}

    /** Empty when nothing is live. */
    public static Map<String, TriggerSpec> live(DeployedFunction function) {
        return function.live()
                .map(split -> function.releases().get(split.newest()))
                .map(release -> release.manifest().namedTriggers())
                .orElse(Map.of());
    }
}
