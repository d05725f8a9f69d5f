package dev.treadle.cli;

import dev.treadle.cli.admin.Deployer;
import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.build.CompileFailure;
import dev.treadle.cli.build.FunctionPackage;
import dev.treadle.cli.build.Overrides;
import dev.treadle.cli.build.Packager;
import dev.treadle.cli.build.Source;
import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Progress;
import dev.treadle.cli.console.Session;
import dev.treadle.registry.DeployedFunction;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Builds what lies at a path and makes it live. The last two lines are the URL and the release. */
@Command(name = "deploy", description = "Build a function and make it live.")
final class DeployCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "PATH",
            description = "A .java file, a Maven project, a folder of sources, or a jar.")
    private String path = "";

    @Option(
            names = "--alias",
            paramLabel = "ALIAS",
            description = "The alias to move (default: ${DEFAULT-VALUE}).")
    private String alias = DeployedFunction.LIVE;

    @Option(names = "--dry-run", description = "Show what would change; change nothing.")
    private boolean dryRun;

    @Mixin private final OverrideOptions overrides = new OverrideOptions();
    @Mixin private final NodeOption node = new NodeOption();
    @Mixin private final OutputOptions output = new OutputOptions();

    DeployCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Source source = Source.at(session.environment().resolve(path), session.environment());
        FunctionPackage function = build(source, overrides.read());
        NodeApi api = node.connect(session);
        Console console = session.console();
        if (!output.json()) {
            function.steps().forEach(console::say);
            if (!function.inferred().isEmpty()) {
                console.say("No function.yaml: took " + String.join(", ", function.inferred()));
            }
        }
        function.warnings().forEach(console::warn);
        Deployer.Deployed deployed =
                Progress.during(
                        console,
                        "Deploying " + function.manifest().name() + " to " + api.server().url(),
                        () -> new Deployer(api).deploy(function, alias, dryRun));
        output.print(console, document(function, deployed), () -> tell(function, deployed));
        return 0;
    }

    private FunctionPackage build(Source source, Overrides over) throws IOException {
        try (Packager packager = Packager.once(session, source, over)) {
            return packager.pack();
        } catch (CompileFailure e) {
            throw Failure.failed(
                            path + " has " + e.getMessage(),
                            e.isForWantOfLibrary()
                                    ? "A library is named in the source by a line //DEPS group:artifact:version."
                                    : "Nothing was deployed; what was live stays live.",
                            "treadle deploy " + path)
                    .withDetails(e.errors());
        }
    }

    private void tell(FunctionPackage function, Deployer.Deployed deployed) {
        Console console = session.console();
        String name = function.manifest().name().value();
        console.say(
                "%s %s (%s)"
                        .formatted(
                                deployed.uploaded() ? "Uploaded" : "The node has",
                                size(function.jar().length),
                                function.digest().brief()));
        deployed.warnings().stream()
                .filter(warning -> !repeats(warning, function.warnings()))
                .forEach(console::warn);
        deployed.changes()
                .forEach(
                        change ->
                                console.say(change.equals("new") ? "New function" : "  " + change));
        if (deployed.outcome().equals("dry-run")) {
            console.say(
                    deployed.changes().isEmpty()
                            ? "Dry run: nothing would change"
                            : "Dry run: nothing was changed");
            return;
        }
        String release = name + "@v" + deployed.release().orElse(0);
        if (deployed.outcome().equals("unchanged")) {
            console.say("Unchanged: %s points at this already".formatted(alias));
        }
        List<String> urls = deployed.urls();
        if (urls.isEmpty()) {
            console.say("URL      none: call it with `treadle invoke %s`".formatted(name));
        }
        urls.forEach(url -> console.say("URL      " + url));
        console.say("Release  " + release);
    }

    /** The node reads the manifest again and finds the same oddities. */
    private static boolean repeats(String warning, List<String> told) {
        return told.stream()
                .anyMatch(line -> line.endsWith(warning.replaceFirst("^function.yaml", "")));
    }

    private static ObjectNode document(FunctionPackage function, Deployer.Deployed deployed) {
        ObjectNode document = Documents.object();
        document.put("outcome", deployed.outcome());
        document.put("name", function.manifest().name().value());
        deployed.release().ifPresent(number -> document.put("release", number));
        deployed.urls().forEach(document.putArray("urls")::add);
        document.put("artifact", function.digest().hex());
        document.put("bytes", function.jar().length);
        document.put("uploaded", deployed.uploaded());
        function.inferred().forEach(document.putArray("inferred")::add);
        deployed.changes().forEach(document.putArray("changes")::add);
        document.set("warnings", deployed.document().path("warnings"));
        return document;
    }

    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        return bytes < 1 << 20
                ? "%.1f KiB".formatted(bytes / 1024.0)
                : "%.1f MiB".formatted(bytes / 1048576.0);
    }
}
