package dev.treadle.cli;

import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.admin.Reply;
import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Progress;
import dev.treadle.cli.console.Session;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Calls a function: its answer goes to standard output as it is, the status to standard error. */
@Command(name = "invoke", description = "Call a function and print its answer.")
final class InvokeCommand implements Callable<Integer> {
    private static final int ACCEPTED = 202;
    private static final String HEADER_EXAMPLE =
            "treadle invoke NAME --header 'Accept: text/plain'";

    private final Session session;

    @Parameters(
            paramLabel = "NAME[@ALIAS|@vN]",
            converter = Reference.Converter.class,
            description = "The function, and which release of it (default: live).")
    private @Nullable Reference function;

    @ArgGroup private @Nullable Input input;

    /** One or the other. */
    static final class Input {
        @Option(
                names = {"-d", "--data"},
                paramLabel = "S|@FILE|@-",
                description = "The input: text, a file's content, or standard input.")
        private @Nullable String data;

        @Option(
                names = "--event",
                paramLabel = "FILE",
                description = "A CloudEvent in JSON (structured mode); @- or - for standard input.")
        private @Nullable String event;
    }

    @Option(
            names = {"-H", "--header"},
            paramLabel = "K:V",
            description = "A header to send; can be given again.")
    private List<String> headers = List.of();

    @Option(
            names = "--async",
            description =
                    "Do not wait for the answer: print the call's id and the URL that shows how it fares.")
    private boolean async;

    @Mixin private final NodeOption node = new NodeOption();
    @Mixin private final OutputOptions output = new OutputOptions();

    InvokeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Reference reference = Objects.requireNonNull(function);
        Payload payload = payload(new PayloadReader(session));
        Map<String, String> sent = sent(payload);
        NodeApi api = node.connect(session);
        NodeApi.Call call =
                new NodeApi.Call(reference.name(), reference.target(), sent, payload.body());
        if (async) {
            return begin(api, call);
        }
        Console console = session.console();
        Reply reply =
                Progress.during(
                        console,
                        "Waiting for " + reference.name(),
                        () -> output.json() ? api.invoke(call) : api.invoke(call, console.out()));
        show(reply);
        return reply.ok() ? 0 : 1;
    }

    /** The node has stored the call when it answers. */
    private int begin(NodeApi api, NodeApi.Call call) {
        Reply reply = api.invoke(call);
        Optional<String> url = reply.header("location");
        if (reply.status() != ACCEPTED || url.isEmpty()) {
            throw Failure.failed(
                    "the node answered %d at once".formatted(reply.status()),
                    "A node that knows asynchronous calls answers 202 and a URL.",
                    "treadle invoke %s".formatted(call.name()));
        }
        Console console = session.console();
        if (output.json()) {
            console.say(Documents.text(reply.json()));
        } else {
            console.say(reply.header("treadle-invocation").orElse("-"));
            console.say(url.get());
        }
        return 0;
    }

    private Payload payload(PayloadReader reader) throws IOException {
        if (input == null) {
            return Payload.NONE;
        }
        return input.event != null
                ? reader.event(input.event)
                : reader.data(String.valueOf(input.data));
    }

    private Map<String, String> sent(Payload payload) {
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (!payload.contentType().isEmpty()) {
            sent.put("Content-Type", payload.contentType());
        }
        if (async) {
            sent.put("Prefer", "respond-async");
        }
        for (String header : headers) {
            HeaderLine line = HeaderLine.parse(header, HEADER_EXAMPLE);
            if (line.name().equalsIgnoreCase("authorization")) {
                throw Failure.usage(
                        "header '%s' cannot be sent".formatted(line.name()),
                        "Authorization carries the node's token here.",
                        HEADER_EXAMPLE);
            }
            sent.put(line.name(), line.value());
        }
        return sent;
    }

    private void show(Reply reply) {
        Console console = session.console();
        if (output.json()) {
            console.say(Documents.text(Answers.document(reply)));
            return;
        }
        if (console.terminal()) {
            console.out().println(); // the answer may not end its last line
        }
        console.note(Answers.note(reply));
    }
}
