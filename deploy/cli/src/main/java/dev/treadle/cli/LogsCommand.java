package dev.treadle.cli;

import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A function's log lines, oldest first; with {@code -f} those to come, too. */
@Command(name = "logs", description = "Show a function's log.")
final class LogsCommand implements Callable<Integer> {
    /** How bad a line is at least. */
    enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The function.")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Keep showing new lines.")
    private boolean follow;

    @Option(
            names = "--since",
            paramLabel = "10m|TIME",
            converter = Since.Converter.class,
            description = "Lines since so long ago, or since a time (RFC 3339).")
    private @Nullable Since since;

    @Option(names = "--invocation", paramLabel = "ID", description = "Lines of one invocation.")
    private @Nullable String invocation;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "At least DEBUG, INFO, WARN or ERROR.")
    private @Nullable Level level;

    @Option(
            names = "--release",
            paramLabel = "vN",
            converter = ReleaseNumber.Converter.class,
            description = "Lines of one release.")
    private @Nullable ReleaseNumber release;

    @Option(names = "--contains", paramLabel = "TEXT", description = "Lines with this text.")
    private @Nullable String contains;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.Lines.class,
            description = "The newest so many, 1 to 10000 (default: 1000).")
    private @Nullable Limit limit;

    @Mixin private final NodeOption node = new NodeOption();
    @Mixin private final OutputOptions output = new OutputOptions();

    LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Console console = session.console();
        NodeApi api = node.connect(session);
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                api.logs(name, query(), follow), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine();
                    line != null && !console.out().checkError();
                    line = lines.readLine()) {
                if (!line.isBlank()) {
                    console.say(output.json() ? line : LogText.of(line, session.console()));
                }
            }
        }
        return 0;
    }

    private Map<String, String> query() {
        Map<String, String> query = new TreeMap<>();
        put(query, "invocation", invocation);
        put(query, "contains", contains);
        put(query, "level", level);
        put(query, "limit", limit);
        if (release != null) {
            put(query, "release", release.value());
        }
        if (since != null) {
            put(query, "since", since.instant(session.environment().clock()));
        }
        if (follow) {
            query.put("follow", "true");
        }
        return query;
    }

    private static void put(Map<String, String> query, String key, @Nullable Object value) {
        if (value != null) {
            query.put(key, value.toString());
        }
    }
}
