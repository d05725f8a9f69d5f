package dev.treadle.cli;

import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Starts a node in a process of its own. The launcher script does the same without this detour. */
@Command(
        name = "up",
        description = {
            "Start a node: up [--data DIR] [--http PORT] [--admin PORT] [--samples].",
            "For NATS: [--nats URL|managed|off] [--nats-port PORT]",
            "[--nats-durability fsync|interval].",
            "For programs: [--json].",
            "Prints `ready` with its URLs when it serves; stops on Ctrl-C or SIGTERM."
        })
final class UpCommand implements Callable<Integer> {
    private static final String MAIN = "dev.treadle.server.Main";

    private final Session session;

    @Parameters(
            arity = "0..*",
            paramLabel = "OPTIONS",
            description = "The node's own; see: treadle up --help.")
    private List<String> arguments = List.of();

    UpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!hasNode()) {
            throw Failure.failed(
                    "this installation has no node",
                    "`up` runs the node that the distribution has beside the command line.",
                    "treadle doctor");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        session.environment()
                .treadleHome()
                .ifPresent(home -> command.add("-Dtreadle.home=" + home));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(arguments);
        Process node =
                new ProcessBuilder(command)
                        .directory(session.environment().directory().toFile())
                        .inheritIO()
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(node::destroy, "stop-node"));
        return node.waitFor();
    }

    private static boolean hasNode() {
        return UpCommand.class.getClassLoader().getResource(MAIN.replace('.', '/') + ".class")
                != null;
    }
}
