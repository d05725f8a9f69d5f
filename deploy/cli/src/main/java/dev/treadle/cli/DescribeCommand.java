package dev.treadle.cli;

import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Session;
import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.manifest.DurationText;
import dev.treadle.registry.manifest.ManifestReader;
import dev.treadle.registry.manifest.ParsedManifest;
import dev.treadle.registry.manifest.SizeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** One function; the first line says whether it can be called now, and if not, why. */
@Command(
        name = "describe",
        description = "Show a function, beginning with whether it can be called now.")
final class DescribeCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The function.")
    private String name = "";

    @Mixin private final NodeOption node = new NodeOption();
    @Mixin private final OutputOptions output = new OutputOptions();

    DescribeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        NodeApi api = node.connect(session);
        JsonNode document = api.functions().one(name);
        output.print(
                session.console(),
                document,
                () ->
                        tell(
                                document,
                                api.triggers(name, 1).path("triggers"),
                                api.node().path("nats")));
        return 0;
    }

    private void tell(JsonNode function, JsonNode triggers, JsonNode nats) {
        Console console = session.console();
        console.say(headline(function.path("callable")));
        console.say("");
        fields(function).forEach(console::say);
        for (JsonNode trigger : triggers) {
            if (!trigger.path("kind").asString("").equals("http")) {
                console.say(field("Trigger", TriggerText.line(trigger)));
            }
        }
        console.say(field("NATS", NatsFinding.text(nats)));
        if (!function.path("releases").isEmpty()) {
            console.say("");
            ReleasesCommand.table(function.path("releases")).print(console);
        }
    }

    private String headline(JsonNode callable) {
        boolean now = callable.path("now").asBoolean(false);
        String reason = callable.path("reason").asString("");
        return session.console()
                .paint(
                        now ? Console.Colour.GREEN : Console.Colour.RED,
                        "%s %s be called now: %s".formatted(name, now ? "can" : "cannot", reason));
    }

    private List<String> fields(JsonNode function) {
        List<String> lines = new ArrayList<>();
        routes(function, lines);
        if (function.hasNonNull("subject")) {
            lines.add(field("NATS request", function.path("subject").asString("")));
        }
        lines.add(field("Live", Texts.weights(function.path("live"))));
        lines.add(field("Entry", function.path("entry").asString("-")));
        Optional<Manifest> manifest = manifest(function.path("manifest").asString(""));
        manifest.ifPresent(declared -> lines.add(field("Limits", text(declared.limits()))));
        if (!function.path("missingSecrets").isEmpty()) {
            lines.add(field("Secrets missing", Texts.joined(function.path("missingSecrets"))));
            lines.add(
                    field(
                            "",
                            "Try: treadle secret set "
                                    + function.path("missingSecrets").path(0).asString("")));
        }
        calls(function.path("calls")).ifPresent(text -> lines.add(field("May call", text)));
        for (JsonNode each : function.path("requires")) {
            lines.add(field("Requires", dependency(each)));
        }
        for (JsonNode each : function.path("bindings")) {
            lines.add(field("Binds", binding(each)));
        }
        manifest.map(DestinationText::lines)
                .ifPresent(told -> told.forEach(line -> lines.add(field("Outcomes go to", line))));
        lines.add(field("Calls", stats(function.path("stats"))));
        return lines;
    }

    private static Optional<String> calls(JsonNode calls) {
        List<String> names = new ArrayList<>();
        for (JsonNode call : calls) {
            String absent = call.path("exists").asBoolean(false) ? "" : " (not deployed)";
            names.add(call.path("function").asString("") + absent);
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }

    private static String dependency(JsonNode each) {
        return "%s: %s since %s%s"
                .formatted(
                        each.path("dependency").asString(""),
                        each.path("state").asString("-"),
                        Texts.time(each.path("since").asString("")),
                        because(each));
    }

    private static String binding(JsonNode each) {
        return "%s: %s %s, %s: %s%s"
                .formatted(
                        each.path("binding").asString(""),
                        each.path("kind").asString(""),
                        each.path("target").asString(""),
                        each.path("provider").asString(""),
                        each.path("state").asString("-"),
                        because(each));
    }

    private static String because(JsonNode each) {
        String reason = each.path("reason").asString("");
        return reason.isEmpty() ? "" : ": " + reason;
    }

    private static void routes(JsonNode function, List<String> lines) {
        for (JsonNode route : function.path("routes")) {
            String methods =
                    route.path("methods").isEmpty()
                            ? "every method"
                            : Texts.joined(route.path("methods"));
            lines.add(field("URL", "%s  (%s)".formatted(route.path("url").asString(""), methods)));
        }
        if (function.path("routes").isEmpty()) {
            lines.add(field("URL", "none"));
        }
    }

    private static Optional<Manifest> manifest(String yaml) {
        return switch (ManifestReader.read(yaml)) {
            case ParsedManifest.Valid(Manifest manifest, _) -> Optional.of(manifest);
            case ParsedManifest.Invalid _ -> Optional.empty();
        };
    }

    private static String text(Limits limits) {
        return "timeout %s, concurrency %d, queue %d, payload %s"
                .formatted(
                        DurationText.format(limits.timeout()),
                        limits.concurrency(),
                        limits.queue(),
                        SizeText.format(limits.payloadBytes()));
    }

    private static String stats(JsonNode stats) {
        String counts =
                "%d; %d failed, %d timed out, %d refused; %d running, %d waiting"
                        .formatted(
                                stats.path("invocations").asLong(0),
                                stats.path("errors").asLong(0),
                                stats.path("timeouts").asLong(0),
                                stats.path("refused").asLong(0),
                                stats.path("inFlight").asLong(0),
                                stats.path("waiting").asLong(0));
        return stats.hasNonNull("p50Micros")
                ? counts
                        + "; p50 %s, p99 %s"
                                .formatted(
                                        Texts.micros(stats.path("p50Micros").asLong()),
                                        Texts.micros(stats.path("p99Micros").asLong(0)))
                : counts;
    }

    private static String field(String label, String value) {
        return "%-16s %s".formatted(label, value);
    }
}
