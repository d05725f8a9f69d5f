package dev.treadle.cli;

import dev.treadle.cli.build.LocalRepository;
import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Session;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.manifest.DidYouMean;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Makes a project from a template. Needs no network. */
@Command(name = "init", description = "Make a project from a template.")
final class InitCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "NAME",
            converter = NameConverter.class,
            description = "The function; also the folder.")
    private @Nullable FunctionName name;

    @Option(
            names = {"-t", "--template"},
            paramLabel = "TEMPLATE",
            description = "http, json or event (default: ${DEFAULT-VALUE}).")
    private String template = "http";

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the folder is made (default: here).")
    private String dir = ".";

    @Mixin private final OutputOptions output = new OutputOptions();

    InitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        String function = Objects.requireNonNull(name).value();
        Template chosen = new Template(templates().resolve(template), function);
        Path target = session.environment().resolve(dir).resolve(function);
        String shown = session.environment().show(target);
        if (Files.exists(target)) {
            throw Failure.failed(
                    "%s is there already".formatted(shown),
                    "init never writes into a folder that exists.",
                    "treadle init %s --dir OTHER".formatted(function),
                    "treadle deploy " + shown);
        }
        List<String> files = chosen.write(target);
        new LocalRepository(session).offerTreadle();
        ObjectNode document =
                Documents.object().put("name", function).put("folder", target.toString());
        files.forEach(document.putArray("files")::add);
        String test = javaHome() + "mvn -f " + shown + "/pom.xml test";
        output.print(session.console(), document, () -> tell(shown, files, test));
        return 0;
    }

    private void tell(String shown, List<String> files, String test) {
        session.console().say("Made %s from the template %s:".formatted(shown, template));
        files.forEach(file -> session.console().say("  " + file));
        session.console().say("");
        session.console().say("Next:");
        session.console().say("  " + test);
        session.console().say("  treadle deploy " + shown);
        session.console().say("  cat %s/README.md".formatted(shown));
    }

    /** Maven takes the `java` of PATH, which may be older than what the project needs. */
    private String javaHome() throws IOException {
        Path ours = Path.of(System.getProperty("java.home")).toRealPath();
        Optional<Path> theirs = session.environment().onPath("java");
        boolean same = theirs.isPresent() && theirs.get().toRealPath().startsWith(ours);
        return same ? "" : "JAVA_HOME=" + ours + " ";
    }

    /** The folder of templates, when the wanted one is in it. */
    private Path templates() throws IOException {
        Path folder =
                session.environment()
                        .treadleHome()
                        .map(home -> home.resolve("templates"))
                        .filter(Files::isDirectory)
                        .orElseThrow(
                                () ->
                                        Failure.failed(
                                                "this installation has no templates",
                                                "They lie in the folder templates of the distribution.",
                                                "treadle doctor"));
        List<String> known = names(folder);
        if (!known.contains(template)) {
            String meant =
                    DidYouMean.nearest(template, known)
                            .map("; did you mean '%s'?"::formatted)
                            .orElse("");
            throw Failure.usage(
                    "there is no template '%s'%s".formatted(template, meant),
                    "Templates: " + String.join(", ", known) + ".",
                    "treadle init hello --template " + known.getFirst());
        }
        return folder;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory)
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
