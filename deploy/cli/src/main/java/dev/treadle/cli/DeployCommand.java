package dev.treadle.cli;

import dev.treadle.cli.admin.Deployer;
import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.build.CompileFailure;
import dev.treadle.cli.build.FunctionPackage;
import dev.treadle.cli.build.Overrides;
import dev.treadle.cli.build.Packager;
import dev.treadle.cli.build.Source;
import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Progress;
import dev.treadle.cli.console.Session;
import dev.treadle.registry.DeployedFunction;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
            converter = AliasName.Converter.class,
            description = "The alias to move (default: live).")
    private AliasName alias = new AliasName(DeployedFunction.LIVE);

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
        DeployReport report = new DeployReport(console, function, alias.value());
        if (!output.json()) {
            report.built();
        }
        function.warnings().forEach(console::warn);
        Deployer.Deployed deployed =
                Progress.during(
                        console,
                        "Deploying " + function.manifest().name() + " to " + api.server().url(),
                        () -> new Deployer(api).deploy(function, alias.value(), dryRun));
        output.print(console, report.document(deployed), () -> report.deployed(deployed));
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
}
