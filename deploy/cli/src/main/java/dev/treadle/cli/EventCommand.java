package dev.treadle.cli;

import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Session;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Publishes messages to JetStream. */
@Command(name = "event", description = "Publish a message to a JetStream subject.")
final class EventCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli: --help
    private final OutputOptions output = new OutputOptions();

    EventCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw UsageFailures.failure("`treadle event` wants publish", spec.commandLine());
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

    private static void addHeaders(ObjectNode message, List<String> headers) {
        ObjectNode fields = message.putObject("headers");
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw Failure.usage(
                        "the header '%s' has no name".formatted(header),
                        "A header is a name, a colon and a value.",
                        "treadle event publish orders.new --header 'ce-type: order.created'");
            }
            fields.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
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
