package dev.treadle.cli;

import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Session;
import dev.treadle.cli.console.Table;
import dev.treadle.registry.manifest.DidYouMean;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Sets, lists and removes secrets. Values go in and never come out. */
@Command(name = "secret", description = "Set, list or delete the secrets of a node.")
final class SecretCommand implements Callable<Integer> {
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private final Session session;

    @Mixin private final VerbGroup group = new VerbGroup("set, list or delete");

    SecretCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw group.incomplete();
    }

    @Command(name = "set", description = "Set a secret; functions see it from their next read on.")
    Integer set(
            @Parameters(paramLabel = "KEY", description = "Letters, digits and _.") String key,
            @Option(
                            names = "--value",
                            paramLabel = "V|@FILE",
                            description =
                                    "The value, or a file that holds it. Without it: standard input.")
                    @Nullable String value,
            @Mixin NodeOption node,
            @Mixin OutputOptions out)
            throws IOException {
        if (!KEY.matcher(key).matches()) {
            throw Failure.usage(
                    "'%s' cannot be a secret's key".formatted(key),
                    "A key has letters, digits and _, no digit first, 128 at most.",
                    "treadle secret set API_KEY");
        }
        node.connect(session).setSecret(key, read(value));
        out.print(
                session.console(),
                Documents.object().put("set", key),
                () -> session.console().say("Set " + key));
        return 0;
    }

    @Command(name = "list", description = "List the keys, never the values.")
    Integer list(@Mixin NodeOption node, @Mixin OutputOptions out) {
        JsonNode document = node.connect(session).secrets();
        out.print(session.console(), document, () -> tell(document.path("secrets")));
        return 0;
    }

    @Command(name = "delete", description = "Remove a secret.")
    Integer delete(
            @Parameters(paramLabel = "KEY", description = "The secret.") String key,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        NodeApi api = node.connect(session);
        List<String> keys =
                api.secrets()
                        .path("secrets")
                        .valueStream()
                        .map(s -> s.path("name").asString(""))
                        .toList();
        if (!keys.contains(key)) {
            Optional<String> meant = DidYouMean.nearest(key, keys);
            throw Failure.notFound(
                    "there is no secret '%s'%s"
                            .formatted(
                                    key, meant.map("; did you mean '%s'?"::formatted).orElse("")),
                    "Secrets are named by their keys, letters' case included.",
                    "treadle secret list");
        }
        api.deleteSecret(key);
        out.print(
                session.console(),
                Documents.object().put("deleted", key),
                () -> session.console().say("Deleted " + key));
        return 0;
    }

    private void tell(JsonNode secrets) {
        if (secrets.isEmpty()) {
            session.console().say("No secret is set. Try: treadle secret set KEY");
            return;
        }
        Table table = new Table("KEY", "UPDATED");
        for (JsonNode secret : secrets) {
            table.row(
                    secret.path("name").asString(""),
                    Texts.time(secret.path("updated").asString("")));
        }
        table.print(session.console());
    }

    /** A value from a pipe or file loses the one end of line that editors and echo put there. */
    private String read(@Nullable String value) throws IOException {
        if (value != null && !value.startsWith("@")) {
            return value;
        }
        String from = value == null ? "@-" : value;
        if (from.equals("@-") && session.console().terminal()) {
            session.console().note("Reading the value from standard input; Ctrl-D ends it.");
        }
        byte[] bytes = new PayloadReader(session).bytes(from);
        return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\r?\n$", "");
    }
}
