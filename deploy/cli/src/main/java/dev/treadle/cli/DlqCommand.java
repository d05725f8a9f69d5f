package dev.treadle.cli;

import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Progress;
import dev.treadle.cli.console.Session;
import dev.treadle.cli.console.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows, runs again and removes events that were given up. */
@Command(name = "dlq", description = "List, show, redrive or purge a function's dead letters.")
final class DlqCommand implements Callable<Integer> {
    private final Session session;

    @Mixin private final VerbGroup group = new VerbGroup("list, show, redrive or purge");

    DlqCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw group.incomplete();
    }

    @Command(name = "list", description = "List the events that were given up, oldest first.")
    Integer list(
            @Parameters(paramLabel = "NAME", description = "The function.") String name,
            @Mixin DeadLetterFilter filter,
            @Option(names = "--limit", paramLabel = "N", description = "At most so many (100).")
                    @Nullable Integer limit,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        Map<String, String> query = filter.values(session.environment().clock());
        query.put("limit", String.valueOf(limit == null ? 100 : limit));
        JsonNode document = node.connect(session).deadLetters(name, query);
        out.print(session.console(), document, () -> tell(name, document));
        return 0;
    }

    @Command(name = "show", description = "Show one with its headers and data.")
    Integer show(
            @Parameters(paramLabel = "NAME", description = "The function.") String name,
            @Parameters(paramLabel = "ID", description = "As `treadle dlq list` shows it.") long id,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        JsonNode letter = node.connect(session).deadLetter(name, id);
        out.print(session.console(), letter, () -> session.console().say(letter.toPrettyString()));
        return 0;
    }

    @Command(
            name = "redrive",
            description = "Run them again; those that succeed are removed, the others stay.")
    Integer redrive(
            @Parameters(paramLabel = "NAME", description = "The function.") String name,
            @Parameters(
                            arity = "0..*",
                            paramLabel = "ID",
                            description = "These only (default: all that the filter lets through).")
                    @Nullable List<Long> ids,
            @Mixin DeadLetterFilter filter,
            @Option(
                            names = "--to",
                            paramLabel = "ALIAS|vN",
                            description = "What runs them (default: live).")
                    @Nullable String target,
            @Option(
                            names = "--rate",
                            paramLabel = "N/s",
                            converter = Rate.Converter.class,
                            description = "How many begin in a second (default: no limit).")
                    @Nullable Rate rate,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            description = "The oldest so many at most (default: 1000).")
                    @Nullable Integer limit,
            @Option(names = "--dry-run", description = "Only count them; none runs.")
                    boolean dryRun,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        ObjectNode wanted = Documents.object().put("dryRun", dryRun);
        if (ids != null && !ids.isEmpty()) {
            ArrayNode array = wanted.putArray("ids");
            ids.forEach(array::add);
        }
        ObjectNode fields = wanted.putObject("filter");
        filter.values(session.environment().clock()).forEach(fields::put);
        if (target != null) {
            wanted.put("target", target);
        }
        if (rate != null) {
            wanted.put("rate", rate.perSecond());
        }
        if (limit != null) {
            wanted.put("limit", limit);
        }
        NodeApi api = node.connect(session);
        JsonNode result =
                Progress.during(
                        session.console(), "Redriving " + name, () -> api.redrive(name, wanted));
        out.print(session.console(), result, () -> tellRedriven(result));
        return result.path("failed").asInt() == 0 ? 0 : 1;
    }

    @Command(name = "purge", description = "Remove them for good.")
    Integer purge(
            @Parameters(paramLabel = "NAME", description = "The function.") String name,
            @Mixin DeadLetterFilter filter,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Really: there is no way back.")
                    boolean yes,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        if (!yes) {
            throw Failure.usage(
                    "the dead letters of %s were not removed: --yes is missing".formatted(name),
                    "A purge cannot be taken back.",
                    "treadle dlq list " + name,
                    "treadle dlq purge %s --yes".formatted(name));
        }
        JsonNode result =
                node.connect(session)
                        .purgeDeadLetters(name, filter.values(session.environment().clock()));
        out.print(
                session.console(),
                result,
                () -> session.console().say("Removed " + result.path("purged").asInt()));
        return 0;
    }

    private void tell(String name, JsonNode document) {
        if (document.path("deadLetters").isEmpty()) {
            session.console().say("%s has no such dead letter.".formatted(name));
            return;
        }
        Table table = new Table("ID", "DIED", "REASON", "TRIES", "SUBJECT", "ERROR");
        for (JsonNode letter : document.path("deadLetters")) {
            table.row(
                    letter.path("id").asString(""),
                    Texts.time(letter.path("died").asString("")),
                    letter.path("reason").asString(""),
                    letter.path("attempts").asString(""),
                    letter.path("subject").asString(""),
                    letter.path("error")
                            .path("message")
                            .asString(letter.path("message").asString("")));
        }
        table.print(session.console());
    }

    private void tellRedriven(JsonNode result) {
        session.console()
                .say(
                        result.path("dryRun").asBoolean()
                                ? "Would redrive %d".formatted(result.path("selected").asInt())
                                : "Redrove %d, %d failed again"
                                        .formatted(
                                                result.path("redriven").asInt(),
                                                result.path("failed").asInt()));
        if (result.path("more").asBoolean()) {
            session.console().note("There are more; --limit says how many are taken at once.");
        }
        result.path("failures")
                .forEach(
                        failure ->
                                session.console()
                                        .note(
                                                "%s: %s"
                                                        .formatted(
                                                                failure.path("id").asString(""),
                                                                failure.path("message")
                                                                        .asString(""))));
    }
}
