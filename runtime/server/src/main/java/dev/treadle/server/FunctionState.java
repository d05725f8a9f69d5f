package dev.treadle.server;

import dev.treadle.engine.Engine;
import dev.treadle.engine.ReleaseState;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Registry;
import java.util.Optional;

/** Whether a function can be called on this node. */
public final class FunctionState {
    private FunctionState() {}

    /** Why it cannot; empty when it can. */
    static Optional<String> obstacle(Registry registry, Engine engine, FunctionName name) {
        Optional<DeployedFunction> function = registry.catalog().function(name);
        return function.isEmpty()
                ? Optional.of("there is no such function")
                : obstacle(engine, function.get());
    }

    /** Why it cannot; empty when it can. */
    public static Optional<String> obstacle(Engine engine, DeployedFunction function) {
        if (function.live().isEmpty()) {
            return Optional.of("the alias live points at no release");
        }
        for (int number : function.live().get().weights().keySet()) {
            Optional<String> failure =
                    engine.functions()
                            .state(function.name(), number)
                            .flatMap(ReleaseState::failure)
                            .map(Throwable::getMessage);
            if (failure.isPresent()) {
                return Optional.of("v%d: %s".formatted(number, failure.get()));
            }
        }
        return Optional.empty();
    }
}
