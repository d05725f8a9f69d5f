package dev.treadle.cli;

import dev.treadle.cli.admin.ModelPush;
import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Session;
import dev.treadle.cli.console.Table;
import dev.treadle.registry.Digest;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.Versioned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pushes ONNX models and moves what is live. */
@Command(
        name = "model",
        description = "Push, list and describe models; move their aliases.",
        subcommands = ModelAliasCommand.class)
final class ModelCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final VerbGroup group =
            new VerbGroup("push, list, describe, releases, alias, rollback or delete");

    ModelCommand(Session session) {
        this.session = session;
    }

    VersionedVerbs verbs(NodeOption node, OutputOptions out) {
        return new VersionedVerbs(node.connect(session).models(), session.console(), out);
    }

    @Override
    public Integer call() {
        throw group.incomplete();
    }

    @Command(
            name = "push",
            description = {
                "Make a release of an ONNX file and point an alias at it.",
                "The node loads it first; when that fails nothing has changed."
            })
    Integer push(
            @Parameters(paramLabel = "NAME", description = "The model.") String name,
            @Parameters(paramLabel = "FILE.onnx", description = "The file.") Path file,
            @Option(
                            names = "--alias",
                            paramLabel = "A",
                            defaultValue = Versioned.LIVE,
                            converter = AliasName.Converter.class,
                            description = "What to point at it (default: ${DEFAULT-VALUE}).")
                    AliasName alias,
            @Mixin NodeOption node,
            @Mixin OutputOptions out)
            throws IOException {
        requireName(name);
        requireFile(file);
        ModelPush api = node.connect(session).modelPush();
        Digest digest = Digest.of(file);
        boolean uploaded = api.upload(digest, file);
        JsonNode pushed = api.push(name, digest, alias.value());
        ObjectNode document = Documents.object();
        document.put("outcome", pushed.path("outcome").asString(""));
        document.put("name", name);
        document.put("release", pushed.path("release").asInt());
        document.put("artifact", digest.hex());
        document.put("bytes", Files.size(file));
        document.put("uploaded", uploaded);
        document.set("inputs", pushed.path("model").path("inputs"));
        document.set("outputs", pushed.path("model").path("outputs"));
        out.print(session.console(), document, () -> tell(document, alias.value()));
        return 0;
    }

    private void tell(JsonNode pushed, String alias) {
        session.console()
                .say(
                        "%s %s (%s)"
                                .formatted(
                                        pushed.path("uploaded").asBoolean()
                                                ? "Uploaded"
                                                : "The node has",
                                        Texts.size(pushed.path("bytes").asLong()),
                                        Texts.digest(pushed.path("artifact"))));
        if (pushed.path("outcome").asString("").equals("unchanged")) {
            session.console().say("Unchanged: %s points at this already".formatted(alias));
        }
        ModelText.tensors("Input", pushed.path("inputs")).forEach(session.console()::say);
        ModelText.tensors("Output", pushed.path("outputs")).forEach(session.console()::say);
        session.console()
                .say(
                        "Release  %s@v%d"
                                .formatted(
                                        pushed.path("name").asString(""),
                                        pushed.path("release").asInt()));
    }

    @Command(name = "list", description = "List the models.")
    Integer list(@Mixin NodeOption node, @Mixin OutputOptions out) {
        JsonNode document = node.connect(session).models().all();
        out.print(
                session.console(),
                document,
                () -> {
                    if (document.path("models").isEmpty()) {
                        session.console()
                                .say("No model yet. Try: treadle model push NAME FILE.onnx");
                        return;
                    }
                    Table table = new Table("NAME", "LIVE", "UPDATED");
                    for (JsonNode model : document.path("models")) {
                        table.row(
                                model.path("name").asString(""),
                                Texts.weights(model.path("live")),
                                Texts.time(model.path("updated").asString("")));
                    }
                    table.print(session.console());
                });
        return 0;
    }

    @Command(
            name = "describe",
            description = "Show what a model takes and gives, and what its maker wrote into it.")
    Integer describe(
            @Parameters(paramLabel = "NAME", description = "The model.") String name,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        JsonNode model = node.connect(session).models().one(name);
        out.print(
                session.console(),
                model,
                () -> {
                    ModelText.detail(model).forEach(session.console()::say);
                    session.console().say("");
                    ModelText.releases(model.path("releases")).print(session.console());
                });
        return 0;
    }

    @Command(name = "releases", description = "List a model's releases, newest first.")
    Integer releases(
            @Parameters(paramLabel = "NAME", description = "The model.") String name,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        JsonNode document = node.connect(session).models().releases(name);
        out.print(
                session.console(),
                document,
                () -> ModelText.releases(document.path("releases")).print(session.console()));
        return 0;
    }

    @Command(
            name = "rollback",
            description = {
                "Point live at a former release.",
                "Without one: back to where live pointed before its last move."
            })
    Integer rollback(
            @Parameters(paramLabel = "NAME", description = "The model.") String name,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "vN",
                            converter = ReleaseNumber.Converter.class,
                            description = "The release.")
                    @Nullable ReleaseNumber release,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        return verbs(node, out).rollback(name, release);
    }

    @Command(name = "delete", description = "Remove a model with all its releases and aliases.")
    Integer delete(
            @Parameters(paramLabel = "NAME", description = "The model.") String name,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Yes, remove it.")
                    boolean yes,
            @Mixin NodeOption node,
            @Mixin OutputOptions out) {
        return verbs(node, out).delete(name, yes);
    }

    private static void requireName(String name) {
        if (!ModelName.isLegal(name)) {
            throw Failure.usage(
                    "'%s' cannot be a model's name".formatted(name),
                    "A name has a-z, 0-9 and inner hyphens, 63 characters at most.",
                    "treadle model push digits digits.onnx");
        }
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Failure.usage(
                    "there is no file %s".formatted(file),
                    "A model is pushed from a file in the ONNX format.",
                    "treadle model push NAME FILE.onnx");
        }
    }
}
