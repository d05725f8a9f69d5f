package dev.treadle.cli;

import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.ExitCode;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs events of a function's stream again: for real, dry, or dry on two releases. */
@Command(
        name = "replay",
        description = {
            "Run events of the function's stream again.",
            "For real unless --dry-run or --diff is given. Ctrl-C ends it after the events that run."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final String LIVE = "live";

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The function.")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "10m|TIME",
            converter = Since.Converter.class,
            description = "Events that arrived then or later: so long ago, or a time (RFC 3339).")
    private @Nullable Since from;

    @Option(
            names = "--to",
            paramLabel = "10m|TIME",
            converter = Since.Converter.class,
            description = "Events that arrived before (default: all there are now).")
    private @Nullable Since to;

    @Option(names = "--from-seq", paramLabel = "N", description = "From this number of the stream.")
    private @Nullable Long fromSequence;

    @Option(names = "--to-seq", paramLabel = "N", description = "Up to this number.")
    private @Nullable Long toSequence;

    @Option(
            names = "--filter",
            paramLabel = "SQL",
            description = "Events that match this, beside the trigger's own filter.")
    private @Nullable String filter;

    @Option(names = "--limit", paramLabel = "N", description = "So many events at most.")
    private @Nullable Long limit;

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            converter = Rate.Converter.class,
            description = "How many begin in a second (default: no limit).")
    private @Nullable Rate rate;

    @Option(
            names = "--trigger",
            paramLabel = "T",
            description = "Whose stream, where the function has several nats triggers.")
    private @Nullable String trigger;

    @ArgGroup private @Nullable Runner runner;

    @Option(names = "--dry-run", description = "Show what would be published; publish nothing.")
    private boolean dryRun;

    @Option(
            names = "--ignore",
            paramLabel = "MEMBER",
            description =
                    "With --diff: a member that may differ, e.g. data.at; can be given again.")
    private @Nullable List<String> ignored;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description =
                    "Tells what this replay publishes from what other replays of the same events do.")
    private @Nullable String id;

    @Mixin private final NodeOption node = new NodeOption();
    @Mixin private final OutputOptions output = new OutputOptions();

    /** What runs the events: one of these. */
    static final class Runner {
        @Option(
                names = "--to-release",
                paramLabel = "vN",
                converter = ReleaseNumber.Converter.class,
                description = "This release runs them (default: live).")
        private @Nullable ReleaseNumber release;

        @Option(names = "--alias", paramLabel = "A", description = "This alias runs them.")
        private @Nullable String alias;

        @Option(
                names = "--diff",
                arity = "1..2",
                paramLabel = "vN|ALIAS",
                description =
                        "Run each dry on two releases and compare what comes out; one alone is compared with live.")
        private @Nullable List<String> diff;
    }

    ReplayCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        NodeApi api = node.connect(session);
        ReplayText text = new ReplayText(session.console(), dryRun, compared());
        ReplayProgress progress = new ReplayProgress(session, System.nanoTime());
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                api.replay(name, wanted()), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                progress.look(System.nanoTime());
                if (line.isBlank()) {
                    continue;
                }
                JsonNode document = Documents.parse(line);
                progress.count(document);
                if (output.json()) {
                    session.console().say(line);
                } else {
                    text.show(document);
                }
                if (document.has("end")) {
                    return exit(document.path("end"));
                }
            }
        }
        throw new Failure(
                ExitCode.UNREACHABLE,
                "the answer broke off before the replay's end",
                "The node may have been killed; the events shown above have run, and others may have.",
                "treadle invocations " + name,
                "treadle logs " + name);
    }

    /** Where two releases are compared, an event may fail on both. */
    private static int exit(JsonNode end) {
        long bad = end.path("different").asLong(end.path("failed").asLong());
        return end.path("complete").asBoolean() && bad == 0 ? 0 : 1;
    }

    /** The two that are compared; none unless two are. */
    private List<String> compared() {
        if (runner == null || runner.diff == null) {
            return List.of();
        }
        return runner.diff.size() == 1 ? List.of(LIVE, runner.diff.getFirst()) : runner.diff;
    }

    private ObjectNode wanted() {
        if (from == null && fromSequence == null) {
            throw Failure.usage(
                    "from where on the events of %s are to run again is missing".formatted(name),
                    "Give --from, a time, or --from-seq, a number of the stream; 1 is the first.",
                    "treadle replay %s --from 1h --dry-run".formatted(name),
                    "treadle replay %s --from-seq 1 --dry-run".formatted(name));
        }
        InstantSource clock = session.environment().clock();
        ObjectNode wanted = Documents.object().put("dryRun", dryRun);
        put(wanted, "from", from == null ? null : from.instant(clock));
        put(wanted, "to", to == null ? null : to.instant(clock));
        put(wanted, "filter", filter);
        put(wanted, "trigger", trigger);
        put(wanted, "id", id);
        wanted.put("fromSequence", fromSequence);
        wanted.put("toSequence", toSequence);
        wanted.put("limit", limit);
        wanted.put("rate", rate == null ? null : rate.perSecond());
        if (runner != null) {
            put(
                    wanted,
                    "target",
                    runner.release == null ? runner.alias : "v" + runner.release.value());
        }
        compare(wanted);
        return wanted;
    }

    private void compare(ObjectNode wanted) {
        List<String> two = compared();
        if (two.isEmpty() && ignored != null) {
            throw Failure.usage(
                    "--ignore is about --diff",
                    "It names members that may differ between two releases.",
                    "treadle replay %s --from 1h --diff vN --ignore data.at".formatted(name));
        }
        if (!two.isEmpty()) {
            ObjectNode compare = wanted.putObject("compare");
            compare.put("before", two.getFirst()).put("after", two.getLast());
            ArrayNode ignore = compare.putArray("ignore");
            (ignored == null ? List.<String>of() : ignored).forEach(ignore::add);
        }
    }

    private static void put(ObjectNode wanted, String key, @Nullable Object value) {
        if (value != null) {
            wanted.put(key, value.toString());
        }
    }
}
