package dev.treadle.cli;

import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Documents;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** How a verb answers: {@code --json}, and {@code --help}. */
final class OutputOptions {
    @Option(names = "--json", description = "Print JSON; errors too, on standard error.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;

    boolean json() {
        return json;
    }

    /** Prints {@code document} when JSON is wanted, else lets {@code text} speak. */
    void print(Console console, JsonNode document, Runnable text) {
        if (json) {
            console.say(Documents.text(document));
        } else {
            text.run();
        }
    }
}
