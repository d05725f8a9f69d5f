package dev.treadle.cli;

import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.Session;
import dev.treadle.cli.console.Table;
import dev.treadle.registry.Split;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Moves the names that stand for releases. */
@Command(name = "alias", description = "Set, list or remove a function's aliases.")
final class AliasCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli: --help
    private final OutputOptions output = new OutputOptions();

    AliasCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw UsageFailures.failure(
                "`treadle alias` wants set, list or remove", spec.commandLine());
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
        JsonNode function = node.connect(session).setAlias(name, alias.value(), split.weights());
        out.print(
                session.console(),
                function,
                () ->
                        session.console()
                                .say("%s@%s points at %s".formatted(name, alias.value(), split)));
        return 0;
    }

    @Command(name = "list", description = "List a function's aliases.")
    Integer list(
            @Parameters(paramLabel = "NAME", description = "The function.") String name,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        JsonNode function = node.connect(session).function(name);
        ObjectNode document = Documents.object();
        document.set("aliases", function.path("aliases"));
        out.print(
                session.console(),
                document,
                () -> {
                    Table table = new Table("ALIAS", "RELEASES");
                    function.path("aliases")
                            .properties()
                            .forEach(
                                    alias ->
                                            table.row(
                                                    alias.getKey(),
                                                    Texts.weights(alias.getValue())));
                    table.print(session.console());
                });
        return 0;
    }

    @Command(name = "remove", description = "Remove an alias other than live.")
    Integer remove(
            @Parameters(paramLabel = "NAME", description = "The function.") String name,
            @Parameters(paramLabel = "ALIAS", description = "The alias.") String alias,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        JsonNode function = node.connect(session).removeAlias(name, alias);
        out.print(
                session.console(),
                function,
                () -> session.console().say("Removed %s@%s".formatted(name, alias)));
        return 0;
    }
}
