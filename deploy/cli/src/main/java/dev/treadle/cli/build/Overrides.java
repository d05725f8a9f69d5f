package dev.treadle.cli.build;

import dev.treadle.registry.FunctionName;
import java.util.Optional;

/** What the command line says over the manifest. */
public record Overrides(Optional<FunctionName> name, Optional<String> entry) {
    public static final Overrides NONE = new Overrides(Optional.empty(), Optional.empty());
}
