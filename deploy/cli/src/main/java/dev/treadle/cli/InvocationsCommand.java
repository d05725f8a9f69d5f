package dev.treadle.cli;

import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.console.Session;
import dev.treadle.cli.console.Table;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Records of recent invocations, newest first. */
@Command(name = "invocations", description = "List recent invocations.")
final class InvocationsCommand implements Callable<Integer> {
    /** What became of an invocation. */
    enum Status {
        SUCCEEDED,
        FAILED,
        EXPIRED,
        REFUSED
    }

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Of one function.")
    private @Nullable String name;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "succeeded, failed, expired or refused.")
    private @Nullable Status status;

    @Option(names = "--id", paramLabel = "ID", description = "One invocation.")
    private @Nullable String id;

    @Option(
            names = "--release",
            paramLabel = "vN",
            converter = ReleaseNumber.Converter.class,
            description = "Of one release.")
    private @Nullable ReleaseNumber release;

    @Option(
            names = "--since",
            paramLabel = "10m|TIME",
            converter = Since.Converter.class,
            description = "Since so long ago, or since a time (RFC 3339).")
    private @Nullable Since since;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.Records.class,
            description = "The newest so many, 1 to 1000 (default: 100).")
    private @Nullable Limit limit;

    @Mixin private final NodeOption node = new NodeOption();
    @Mixin private final OutputOptions output = new OutputOptions();

    InvocationsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        NodeApi api = node.connect(session);
        JsonNode document = api.invocations(query());
        if (name != null && document.path("invocations").isEmpty()) {
            api.functions().one(name); // a name that was mistyped has no records either
        }
        output.print(session.console(), document, () -> tell(document.path("invocations")));
        return 0;
    }

    private Map<String, String> query() {
        Map<String, String> query = new TreeMap<>();
        if (name != null) {
            query.put("function", name);
        }
        if (status != null) {
            query.put("status", status.name().toLowerCase(Locale.ROOT));
        }
        if (id != null) {
            query.put("id", id);
        }
        if (release != null) {
            query.put("release", String.valueOf(release.value()));
        }
        if (since != null) {
            query.put("since", since.instant(session.environment().clock()).toString());
        }
        if (limit != null) {
            query.put("limit", limit.toString());
        }
        return query;
    }

    private void tell(JsonNode invocations) {
        if (invocations.isEmpty()) {
            session.console().say("No invocation is on record that fits.");
            return;
        }
        Table table =
                new Table(
                        "START",
                        "FUNCTION",
                        "TRIGGER",
                        "STATUS",
                        "HTTP",
                        "WAIT",
                        "RUN",
                        "ID",
                        "ERROR");
        for (JsonNode one : invocations) {
            table.row(
                    Texts.timeWithMillis(one.path("start").asString("")),
                    one.path("function").asString("") + "@v" + one.path("release").asInt(0),
                    one.path("trigger").asString(""),
                    one.path("status").asString(""),
                    one.hasNonNull("httpStatus") ? one.path("httpStatus").asString("-") : "-",
                    Texts.micros(
                            one.path("queueMicros").asLong(0) + one.path("loadMicros").asLong(0)),
                    Texts.micros(one.path("runMicros").asLong(0)),
                    one.path("id").asString(""),
                    error(one));
        }
        table.print(session.console());
    }

    private static String error(JsonNode one) {
        return (one.path("code").asString("") + " " + one.path("error").asString("")).strip();
    }
}
