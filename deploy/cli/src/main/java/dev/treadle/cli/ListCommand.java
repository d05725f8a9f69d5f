package dev.treadle.cli;

import dev.treadle.cli.console.Session;
import dev.treadle.cli.console.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** All functions on a node. */
@Command(name = "list", description = "List the functions.")
final class ListCommand implements Callable<Integer> {
    private final Session session;

    @Mixin private final NodeOption node = new NodeOption();
    @Mixin private final OutputOptions output = new OutputOptions();

    ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        JsonNode document = node.connect(session).functions().all();
        output.print(session.console(), document, () -> tell(document.path("functions")));
        return 0;
    }

    private void tell(JsonNode functions) {
        if (functions.isEmpty()) {
            session.console().say("Nothing is deployed yet. Try: treadle deploy PATH");
            return;
        }
        Table table = new Table("NAME", "LIVE", "UPDATED", "URL");
        for (JsonNode function : functions) {
            table.row(
                    function.path("name").asString(""),
                    Texts.weights(function.path("live")),
                    Texts.time(function.path("updated").asString("")),
                    Texts.joined(function.path("urls")));
        }
        table.print(session.console());
    }
}
