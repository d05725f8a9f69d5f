package dev.treadle.cli;

import dev.treadle.cli.build.Overrides;
import dev.treadle.registry.FunctionName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What stands over the manifest. */
final class OverrideOptions {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            converter = NameConverter.class,
            description = "The function's name, over the manifest's.")
    private @Nullable FunctionName name;

    @Option(
            names = "--entry",
            paramLabel = "CLASS",
            description = "The handler class, over the manifest's.")
    private @Nullable String entry;

    Overrides read() {
        return new Overrides(Optional.ofNullable(name), Optional.ofNullable(entry));
    }
}
