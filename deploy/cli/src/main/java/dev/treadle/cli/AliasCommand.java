package dev.treadle.cli;

import dev.treadle.cli.console.Session;
import dev.treadle.registry.Split;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Moves the names that stand for releases. */
@Command(name = "alias", description = "Set, list or remove a function's aliases.")
final class AliasCommand implements Callable<Integer> {
    private final Session session;

    @Mixin private final VerbGroup group = new VerbGroup("set, list or remove");

    AliasCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw group.incomplete();
    }

    @Command(
            name = "set",
            description = "Point an alias at one release, or at several with weights in percent.")
    Integer set(
            @Parameters(paramLabel = "NAME", description = "The function.") String name,
            @Parameters(
                            paramLabel = "ALIAS",
                            converter = AliasName.Converter.class,
                            description = "E.g. live.")
                    AliasName alias,
            @Parameters(
                            paramLabel = "vN[=P,vM=Q]",
                            converter = Weights.class,
                            description = "E.g. v8, or v7=90,v8=10.")
                    Split split,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        return verbs(node, out).setAlias(name, alias, split);
    }

    @Command(name = "list", description = "List a function's aliases.")
    Integer list(
            @Parameters(paramLabel = "NAME", description = "The function.") String name,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        return verbs(node, out).listAliases(name);
    }

    @Command(name = "remove", description = "Remove an alias other than live.")
    Integer remove(
            @Parameters(paramLabel = "NAME", description = "The function.") String name,
            @Parameters(paramLabel = "ALIAS", description = "The alias.") String alias,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        return verbs(node, out).removeAlias(name, alias);
    }

    private VersionedVerbs verbs(NodeOption node, OutputOptions out) {
        return new VersionedVerbs(node.connect(session).functions(), session.console(), out);
    }
}
