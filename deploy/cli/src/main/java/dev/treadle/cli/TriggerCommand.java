package dev.treadle.cli;

import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Session;
import dev.treadle.cli.console.Table;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows, pauses and resumes what causes a function's invocations. */
@Command(name = "trigger", description = "List, pause or resume a function's triggers.")
final class TriggerCommand implements Callable<Integer> {
    private static final int NEXT = 5;
    private static final int NEXT_MAX = 1_000;

    private final Session session;

    @Mixin private final VerbGroup group = new VerbGroup("list, next, pause or resume");

    TriggerCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw group.incomplete();
    }

    @Command(name = "list", description = "List a function's triggers, or those of all.")
    Integer list(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "NAME",
                            description = "The function (default: all).")
                    @Nullable String name,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        NodeApi api = node.connect(session);
        if (name == null) {
            ObjectNode document = ofAll(api);
            out.print(session.console(), document, () -> tell(document.path("triggers")));
        } else {
            JsonNode document = api.triggers(name, 1);
            out.print(session.console(), document, () -> tell(name, document.path("triggers")));
        }
        return 0;
    }

    private static ObjectNode ofAll(NodeApi api) {
        ObjectNode document = Documents.object();
        ArrayNode all = document.putArray("triggers");
        for (JsonNode function : api.functions().all().path("functions")) {
            String name = function.path("name").asString("");
            for (JsonNode trigger : api.triggers(name, 1).path("triggers")) {
                all.add(Documents.object().put("function", name).setAll((ObjectNode) trigger));
            }
        }
        return document;
    }

    @Command(name = "next", description = "Show the next ticks of a function's schedules.")
    Integer next(
            @Parameters(paramLabel = "NAME", description = "The function.") String name,
            @Option(
                            names = "--count",
                            paramLabel = "N",
                            description = "How many of each schedule (default: 5).")
                    @Nullable Integer count,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        int wanted = count == null ? NEXT : count;
        if (wanted < 1 || wanted > NEXT_MAX) {
            throw Failure.usage(
                    "--count is %d".formatted(wanted),
                    "It is 1 to %d.".formatted(NEXT_MAX),
                    "treadle trigger next %s --count 10".formatted(name));
        }
        List<JsonNode> schedules =
                node.connect(session)
                        .triggers(name, wanted)
                        .path("triggers")
                        .valueStream()
                        .filter(trigger -> trigger.path("kind").asString("").equals("schedule"))
                        .toList();
        ObjectNode document = Documents.object();
        ArrayNode array = document.putArray("triggers");
        schedules.forEach(array::add);
        out.print(session.console(), document, () -> ticks(name, schedules));
        return 0;
    }

    @Command(
            name = "pause",
            description = "Pause a trigger, or all that can be, until they are resumed.")
    Integer pause(
            @Parameters(paramLabel = "NAME", description = "The function.") String name,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "TRIGGER",
                            description = "As `treadle trigger list` names it (default: all).")
                    @Nullable String trigger,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            description = "Why, for those who list the trigger.")
                    @Nullable String reason,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        return change(node.connect(session), name, trigger, true, reason, out);
    }

    @Command(name = "resume", description = "Let paused triggers go on.")
    Integer resume(
            @Parameters(paramLabel = "NAME", description = "The function.") String name,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "TRIGGER",
                            description = "As `treadle trigger list` names it (default: all).")
                    @Nullable String trigger,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        return change(node.connect(session), name, trigger, false, null, out);
    }

    private int change(
            NodeApi api,
            String name,
            @Nullable String trigger,
            boolean pause,
            @Nullable String reason,
            OutputOptions out) {
        List<String> names = trigger == null ? pausable(api, name) : List.of(trigger);
        ObjectNode document = Documents.object();
        ArrayNode changed = document.putArray("triggers");
        ObjectNode why = Documents.object().put("by", user());
        if (reason != null) {
            why.put("reason", reason);
        }
        names.forEach(one -> changed.add(api.pause(name, one, pause, why)));
        out.print(
                session.console(),
                document,
                () -> changed.forEach(one -> session.console().say(told(pause, one, name))));
        return 0;
    }

    private static String told(boolean pause, JsonNode trigger, String function) {
        boolean alone = pause && !trigger.path("pause").path("shared").asBoolean(true);
        return "%s %s of %s%s"
                .formatted(
                        pause ? "Paused" : "Resumed",
                        trigger.path("name").asString(""),
                        function,
                        alone ? ", on this node; others hear of it once NATS is there" : "");
    }

    private String user() {
        return session.environment()
                .variable("USER")
                .or(() -> session.environment().variable("USERNAME"))
                .orElse("");
    }

    private static List<String> pausable(NodeApi api, String name) {
        List<String> names =
                api.triggers(name, 0)
                        .path("triggers")
                        .valueStream()
                        .filter(trigger -> !trigger.path("kind").asString("").equals("http"))
                        .map(trigger -> trigger.path("name").asString(""))
                        .toList();
        if (names.isEmpty()) {
            throw Failure.failed(
                    "%s has no trigger that can be paused".formatted(name),
                    "Routes cannot be paused; schedules and NATS triggers can.",
                    "treadle trigger list " + name);
        }
        return names;
    }

    private void tell(JsonNode triggers) {
        Table table = new Table("FUNCTION", "TRIGGER", "STATE", "SOURCE", "NEXT");
        for (JsonNode trigger : triggers) {
            table.row(
                    trigger.path("function").asString(""),
                    trigger.path("name").asString(""),
                    trigger.path("state").asString("-"),
                    trigger.path("source").asString("-"),
                    Texts.time(trigger.path("next").path(0).asString("")));
        }
        table.print(session.console());
    }

    private void tell(String name, JsonNode triggers) {
        if (triggers.isEmpty()) {
            session.console()
                    .say("%s has no trigger. Try: treadle invoke %s".formatted(name, name));
            return;
        }
        Table table = new Table("TRIGGER", "STATE", "SOURCE", "NEXT");
        for (JsonNode trigger : triggers) {
            table.row(
                    trigger.path("name").asString(""),
                    trigger.path("state").asString("-"),
                    trigger.path("source").asString("-"),
                    Texts.time(trigger.path("next").path(0).asString("")));
        }
        table.print(session.console());
        TriggerText.notes(triggers).forEach(session.console()::say);
    }

    private void ticks(String name, List<JsonNode> schedules) {
        if (schedules.isEmpty()) {
            session.console().say("%s has no schedule.".formatted(name));
            return;
        }
        Table table = new Table("TRIGGER", "TICK");
        for (JsonNode schedule : schedules) {
            String trigger = schedule.path("name").asString("");
            if (schedule.path("next").isEmpty()) {
                table.row(trigger, schedule.path("state").asString("-"));
            }
            schedule.path("next")
                    .forEach(tick -> table.row(trigger, Texts.time(tick.asString(""))));
        }
        table.print(session.console());
    }
}
