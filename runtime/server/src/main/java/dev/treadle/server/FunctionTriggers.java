package dev.treadle.server;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Release;
import dev.treadle.registry.TriggerSpec;
import java.util.Map;
import java.util.Optional;

/**
 * The triggers of a function that are live, by their names. Where {@code live} is split among
 * releases, those of the newest count.
 */
public final class FunctionTriggers {
    private FunctionTriggers() {}

    /** Empty when nothing is live. */
    public static Map<String, TriggerSpec> live(DeployedFunction function) {
        return manifest(function).map(Manifest::namedTriggers).orElse(Map.of());
    }

    /** The manifest that counts; empty when nothing is live. */
    public static Optional<Manifest> manifest(DeployedFunction function) {
        return newestLive(function).map(Release::manifest);
    }

    /** The release whose triggers count; empty when nothing is live. */
    public static Optional<Release> newestLive(DeployedFunction function) {
        return function.live().map(split -> function.releases().get(split.newest()));
    }
}
