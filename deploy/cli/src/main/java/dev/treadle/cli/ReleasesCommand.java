package dev.treadle.cli;

import dev.treadle.cli.console.Session;
import dev.treadle.cli.console.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** A function's releases, newest first. */
@Command(name = "releases", description = "List a function's releases.")
final class ReleasesCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The function.")
    private String name = "";

    @Mixin private final NodeOption node = new NodeOption();
    @Mixin private final OutputOptions output = new OutputOptions();

    ReleasesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        JsonNode document = node.connect(session).functions().releases(name);
        output.print(
                session.console(),
                document,
                () -> table(document.path("releases")).print(session.console()));
        return 0;
    }

    static Table table(JsonNode releases) {
        Table table = new Table("RELEASE", "ALIASES", "STATE", "CREATED", "ENTRY", "ARTIFACT");
        for (JsonNode release : releases) {
            table.row(
                    "v" + release.path("number").asInt(0),
                    Texts.joined(release.path("aliases")),
                    release.path("state").asString("-"),
                    Texts.time(release.path("created").asString("")),
                    release.path("entry").asString("-"),
                    Texts.digest(release.path("artifact")));
        }
        return table;
    }
}
