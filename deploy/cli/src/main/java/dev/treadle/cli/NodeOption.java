package dev.treadle.cli;

import dev.treadle.cli.admin.AdminClient;
import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.admin.Server;
import dev.treadle.cli.admin.ServerLocator;
import dev.treadle.cli.console.Session;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which node a verb talks to. */
final class NodeOption {
    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "The node's admin listener. Otherwise TREADLE_SERVER, the running node of ./.treadle,"
                            + " or http://127.0.0.1:8081.")
    private @Nullable String server;

    Server locate(Session session) {
        return new ServerLocator(session.environment()).locate(Optional.ofNullable(server));
    }

    NodeApi connect(Session session) {
        return new NodeApi(new AdminClient(locate(session)));
    }
}
