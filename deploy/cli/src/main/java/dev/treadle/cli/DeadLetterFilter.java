package dev.treadle.cli;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are meant; all of the function's unless something is said. */
final class DeadLetterFilter {
    @Option(
            names = "--reason",
            paramLabel = "R",
            description = "exhausted, expired, permanent or undecodable.")
    private @Nullable String reason;

    @Option(
            names = "--contains",
            paramLabel = "TEXT",
            description = "Text in the error's class or message.")
    private @Nullable String contains;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Since.Converter.class,
            description = "Given up then or later: 10m, 2h, or a time in RFC 3339.")
    private @Nullable Since since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Since.Converter.class,
            description = "Given up before.")
    private @Nullable Since until;

    /** As the admin API names them. */
    Map<String, String> values(InstantSource clock) {
        Map<String, String> values = new LinkedHashMap<>();
        if (reason != null) {
            values.put("reason", reason);
        }
        if (contains != null) {
            values.put("contains", contains);
        }
        if (since != null) {
            values.put("since", since.instant(clock).toString());
        }
        if (until != null) {
            values.put("until", until.instant(clock).toString());
        }
        return values;
    }
}
