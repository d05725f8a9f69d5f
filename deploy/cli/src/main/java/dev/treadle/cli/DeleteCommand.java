package dev.treadle.cli;

import dev.treadle.cli.console.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a function with all its releases and aliases, when told so twice. */
@Command(name = "delete", description = "Remove a function with all its releases and aliases.")
final class DeleteCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The function.")
    private String name = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Yes, remove it.")
    private boolean yes;

    @Mixin private final NodeOption node = new NodeOption();
    @Mixin private final OutputOptions output = new OutputOptions();

    DeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new VersionedVerbs(node.connect(session).functions(), session.console(), output)
                .delete(name, yes);
    }
}
