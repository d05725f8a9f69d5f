package dev.treadle.registry.files;

import dev.treadle.registry.DeployedFunction;
import java.util.Optional;

/**
 * What the store knows of a name.
 *
 * @param next the number of the next release
 * @param deployed empty when the function was deleted, or never there
 */
record FunctionState(int next, Optional<DeployedFunction> deployed) {
    static final FunctionState NEVER_THERE = new FunctionState(1, Optional.empty());
}
