package dev.treadle.cli;

import dev.treadle.registry.Split;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Moves the names that stand for releases of a model. */
@Command(name = "alias", description = "Set, list or remove a model's aliases.")
final class ModelAliasCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ModelCommand parent;

    @Mixin private final VerbGroup group = new VerbGroup("set, list or remove");

    @Override
    public Integer call() {
        throw group.incomplete();
    }

    @Command(
            name = "set",
            description = {
                "Point an alias at one release, or at several with weights in percent.",
                "A model in use is loaded before; no call waits for that or fails."
            })
    Integer set(
            @Parameters(paramLabel = "NAME", description = "The model.") String name,
            @Parameters(
                            paramLabel = "ALIAS",
                            converter = AliasName.Converter.class,
                            description = "E.g. live.")
                    AliasName alias,
            @Parameters(
                            paramLabel = "vN[=P,vM=Q]",
                            converter = Weights.class,
                            description = "E.g. v3, or v2=90,v3=10.")
                    Split split,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        return parent.verbs(node, out).setAlias(name, alias, split);
    }

    @Command(name = "list", description = "List a model's aliases.")
    Integer list(
            @Parameters(paramLabel = "NAME", description = "The model.") String name,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        return parent.verbs(node, out).listAliases(name);
    }

    @Command(name = "remove", description = "Remove an alias other than live.")
    Integer remove(
            @Parameters(paramLabel = "NAME", description = "The model.") String name,
            @Parameters(paramLabel = "ALIAS", description = "The alias.") String alias,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        return parent.verbs(node, out).removeAlias(name, alias);
    }
}
