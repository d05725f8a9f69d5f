package dev.treadle.registry;

import java.util.Collection;
import java.util.Optional;

/** All that is deployed at one moment. Never changes. Safe for threads. */
public interface Catalog {
    Optional<DeployedFunction> function(FunctionName name);

    /** All functions by name. */
    Collection<DeployedFunction> functions();
}
