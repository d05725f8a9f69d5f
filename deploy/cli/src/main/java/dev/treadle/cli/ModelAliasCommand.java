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
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Moves the names that stand for releases of a model. */
@Command(name = "alias", description = "Set, list or remove a model's aliases.")
final class ModelAliasCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ModelCommand parent;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli: --help
    private final OutputOptions output = new OutputOptions();

    ModelAliasCommand() {}

    @Override
    public Integer call() {
        throw UsageFailures.failure(
                "`treadle model alias` wants set, list or remove", spec.commandLine());
    }

    @Command(
            name = "set",
            description = {
                "Point an alias at one release, or at several with weights in percent.",
                "A model in use is loaded before; no call waits for that or fails."
            })
    Integer set(
            @Parameters(paramLabel = "NAME", description = "The model.") String name,
            @Parameters(paramLabel = "ALIAS", description = "E.g. live.") String alias,
            @Parameters(
                            paramLabel = "vN[=P,vM=Q]",
                            converter = Weights.class,
                            description = "E.g. v3, or v2=90,v3=10.")
                    Split split,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        Session session = parent.session();
        JsonNode model = node.connect(session).models().setAlias(name, alias, split.weights());
        out.print(
                session.console(),
                model,
                () -> session.console().say("%s@%s points at %s".formatted(name, alias, split)));
        return 0;
    }

    @Command(name = "list", description = "List a model's aliases.")
    Integer list(
            @Parameters(paramLabel = "NAME", description = "The model.") String name,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        Session session = parent.session();
        JsonNode model = node.connect(session).models().model(name);
        ObjectNode document = Documents.object();
        document.set("aliases", model.path("aliases"));
        out.print(
                session.console(),
                document,
                () -> {
                    Table table = new Table("ALIAS", "RELEASES");
                    model.path("aliases")
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
            @Parameters(paramLabel = "NAME", description = "The model.") String name,
            @Parameters(paramLabel = "ALIAS", description = "The alias.") String alias,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        Session session = parent.session();
        JsonNode model = node.connect(session).models().removeAlias(name, alias);
        out.print(
                session.console(),
                model,
                () -> session.console().say("Removed %s@%s".formatted(name, alias)));
        return 0;
    }
}
