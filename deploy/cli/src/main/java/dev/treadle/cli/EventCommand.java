package dev.treadle.cli;

import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.admin.Reply;
import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Progress;
import dev.treadle.cli.console.Session;
import dev.treadle.cli.console.Table;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Publishes messages to JetStream, and keeps events to try functions with. */
@Command(name = "event", description = "Publish a message; save, list and send test events.")
final class EventCommand implements Callable<Integer> {
    private static final String MEDIA_TYPE = "application/cloudevents+json";

    private final Session session;

    @Mixin
    private final VerbGroup group = new VerbGroup("publish, save, list, show, send or delete");

    EventCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw group.incomplete();
    }

    @Command(
            name = "publish",
            description = "Publish a message; a stream has stored it when this returns.")
    Integer publish(
            @Parameters(paramLabel = "SUBJECT", description = "Without wildcards.") String subject,
            @Option(
                            names = {"-d", "--data"},
                            paramLabel = "S|@FILE|@-",
                            description = "The data: text, a file's content, or standard input.")
                    @Nullable String data,
            @Option(
                            names = "--id",
                            paramLabel = "ID",
                            description = "The message's id, by which a stream drops repetitions.")
                    @Nullable String id,
            @Option(
                            names = {"-H", "--header"},
                            paramLabel = "K:V",
                            description = "A header; can be given again.")
                    @Nullable List<String> headers,
            @Mixin NodeOption node,
            @Mixin OutputOptions out)
            throws IOException {
        ObjectNode message = Documents.object().put("subject", subject);
        if (id != null) {
            message.put("id", id);
        }
        addHeaders(message, headers == null ? List.of() : headers);
        if (data != null) {
            byte[] body = new PayloadReader(session).data(data).body();
            message.put("dataBase64", Base64.getEncoder().encodeToString(body));
        }
        JsonNode stored = node.connect(session).publish(message);
        out.print(session.console(), stored, () -> tell(subject, stored));
        return 0;
    }

    @Command(
            name = "save",
            description = "Keep an event on the node, to try functions with it again and again.")
    Integer save(
            @Parameters(paramLabel = "NAME", description = "What it is called.") String name,
            @Option(
                            names = "--event",
                            paramLabel = "FILE",
                            description = "A CloudEvent in JSON; - for standard input.")
                    @Nullable String file,
            @Option(
                            names = {"-d", "--data"},
                            paramLabel = "S|@FILE|@-",
                            description = "Without --event: the new event's data.")
                    @Nullable String data,
            @Option(
                            names = "--type",
                            paramLabel = "T",
                            description = "Its type (default: dev.treadle.test).")
                    @Nullable String type,
            @Option(names = "--subject", paramLabel = "S", description = "Its subject.")
                    @Nullable String subject,
            @Mixin NodeOption node,
            @Mixin OutputOptions out)
            throws IOException {
        if (file != null && (data != null || type != null || subject != null)) {
            throw Failure.usage(
                    "--event is a whole event; --data, --type and --subject make one",
                    "One way or the other.",
                    "treadle event save %s --event %s".formatted(name, file));
        }
        PayloadReader reader = new PayloadReader(session);
        byte[] event =
                file != null
                        ? reader.event(file).body()
                        : TestEvent.of(
                                name,
                                type,
                                subject,
                                data == null ? Payload.NONE : reader.data(data));
        node.connect(session).saveTestEvent(name, event);
        out.print(
                session.console(),
                Documents.object().put("saved", name),
                () -> session.console().say("Saved " + name));
        return 0;
    }

    @Command(name = "list", description = "List the saved events.")
    Integer list(@Mixin NodeOption node, @Mixin OutputOptions out) {
        JsonNode document = node.connect(session).testEvents();
        out.print(session.console(), document, () -> tell(document.path("events")));
        return 0;
    }

    @Command(name = "show", description = "Print a saved event.")
    Integer show(
            @Parameters(paramLabel = "NAME", description = "The event.") String name,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        JsonNode event = Documents.parse(node.connect(session).testEvent(name));
        out.print(session.console(), event, () -> session.console().say(Documents.text(event)));
        return 0;
    }

    @Command(name = "delete", description = "Remove a saved event.")
    Integer delete(
            @Parameters(paramLabel = "NAME", description = "The event.") String name,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        node.connect(session).deleteTestEvent(name);
        out.print(
                session.console(),
                Documents.object().put("deleted", name),
                () -> session.console().say("Deleted " + name));
        return 0;
    }

    @Command(name = "send", description = "Call a function with a saved event, or publish it.")
    Integer send(
            @Parameters(paramLabel = "NAME", description = "The event.") String name,
            @ArgGroup(multiplicity = "1") Addressee addressee,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        NodeApi api = node.connect(session);
        byte[] event = api.testEvent(name);
        return addressee.function == null
                ? publish(api, String.valueOf(addressee.subject), event, out)
                : call(api, addressee.function, event, out);
    }

    /** One or the other. */
    static final class Addressee {
        @Option(
                names = "--to",
                paramLabel = "FUNCTION[@ALIAS|@vN]",
                converter = Reference.Converter.class,
                description = "The function to call.")
        private @Nullable Reference function;

        @Option(
                names = "--subject",
                paramLabel = "SUBJECT",
                description = "The NATS subject to publish it to.")
        private @Nullable String subject;
    }

    private int call(NodeApi api, Reference function, byte[] event, OutputOptions out) {
        NodeApi.Call call =
                new NodeApi.Call(
                        function.name(),
                        function.target(),
                        Map.of("Content-Type", MEDIA_TYPE),
                        event);
        Reply reply =
                Progress.during(
                        session.console(),
                        "Waiting for " + function.name(),
                        () -> api.invoke(call));
        out.print(
                session.console(),
                Answers.document(reply),
                () -> {
                    session.console().say(reply.text());
                    session.console().note(Answers.note(reply));
                });
        return reply.ok() ? 0 : 1;
    }

    private int publish(NodeApi api, String subject, byte[] event, OutputOptions out) {
        ObjectNode message = Documents.object().put("subject", subject);
        message.putObject("headers").put("content-type", MEDIA_TYPE);
        message.put("dataBase64", Base64.getEncoder().encodeToString(event));
        JsonNode stored = api.publish(message);
        out.print(session.console(), stored, () -> tell(subject, stored));
        return 0;
    }

    private void tell(JsonNode events) {
        if (events.isEmpty()) {
            session.console().say("No event is saved. Try: treadle event save NAME --data '{}'");
            return;
        }
        Table table = new Table("EVENT", "UPDATED", "BYTES");
        for (JsonNode event : events) {
            table.row(
                    event.path("name").asString(""),
                    Texts.time(event.path("updated").asString("")),
                    event.path("bytes").asString("-"));
        }
        table.print(session.console());
    }

    private static void addHeaders(ObjectNode message, List<String> headers) {
        ObjectNode fields = message.putObject("headers");
        for (String header : headers) {
            HeaderLine line =
                    HeaderLine.parse(
                            header,
                            "treadle event publish orders.new --header 'ce-type: order.created'");
            fields.put(line.name(), line.value());
        }
    }

    private void tell(String subject, JsonNode stored) {
        String repeated =
                stored.path("duplicate").asBoolean() ? " already, under this id: not again" : "";
        session.console()
                .say(
                        "Published to %s: %s has it as number %d%s"
                                .formatted(
                                        subject,
                                        stored.path("stream").asString(""),
                                        stored.path("sequence").asLong(),
                                        repeated));
    }
}
