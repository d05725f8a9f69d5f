package dev.treadle.cli;

import dev.treadle.cli.console.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Points live at a former release. */
@Command(
        name = "rollback",
        description = {
            "Point live at a former release.",
            "Without one: back to where live pointed before its last move. Code only: data and secrets stay."
        })
final class RollbackCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "The function.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "vN",
            converter = ReleaseNumber.Converter.class,
            description = "The release.")
    private @Nullable ReleaseNumber release;

    @Mixin private final NodeOption node = new NodeOption();
    @Mixin private final OutputOptions output = new OutputOptions();

    RollbackCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        VersionedVerbs verbs =
                new VersionedVerbs(node.connect(session).functions(), session.console(), output);
        int exit = verbs.rollback(name, release);
        if (!output.json()) {
            session.console().note("Code only: data and secrets were not rolled back.");
        }
        return exit;
    }
}
