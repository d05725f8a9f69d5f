package dev.treadle.cli;

import dev.treadle.cli.admin.Deployer;
import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.build.Packager;
import dev.treadle.cli.build.Source;
import dev.treadle.cli.console.Environment;
import dev.treadle.cli.console.Session;
import dev.treadle.cli.dev.DevLoop;
import dev.treadle.cli.dev.DevReport;
import dev.treadle.cli.dev.FileWatch;
import dev.treadle.cli.dev.LogTail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deploys what lies at a path, and again on each save; shows the log meanwhile. */
@Command(
        name = "dev",
        description = {
            "Deploy, and deploy again on each save.",
            "A save that does not compile is shown, and what ran before keeps running. Ctrl-C ends."
        })
final class DevCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "PATH",
            description = "A .java file, a Maven project, a folder of sources, or a jar.")
    private String path = "";

    @Option(names = "--no-watch", description = "Deploy once and end.")
    private boolean once;

    @Mixin private final OverrideOptions overrides = new OverrideOptions();
    @Mixin private final NodeOption node = new NodeOption();
    @Mixin private final OutputOptions output = new OutputOptions();

    DevCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Environment environment = session.environment();
        Source source = Source.at(environment.resolve(path), environment);
        DevReport report =
                output.json() ? new DevJson(session.console()) : new DevText(session.console());
        NodeApi api = node.connect(session);
        api.node(); // says at once when there is none
        try (FileWatch watch = watch(source);
                Packager packager = Packager.often(session, source, overrides.read());
                LogTail logs = new LogTail(api, environment.clock(), report::log)) {
            DevLoop loop =
                    new DevLoop(environment, packager, new Deployer(api), report, logs::start);
            boolean live = loop.deploy();
            if (once) {
                return live ? 0 : 1;
            }
            session.console()
                    .note("Watching %s; Ctrl-C ends.".formatted(environment.show(source.path())));
            packager.warmUp();
            loop.follow(watch);
            return 0;
        }
    }

    private static FileWatch watch(Source source) throws IOException {
        return switch (source) {
            case Source.JavaFile(Path file) -> FileWatch.shallow(parent(file));
            case Source.Jar(Path file) -> FileWatch.shallow(parent(file));
            case Source.MavenProject(Path top) -> FileWatch.deep(top);
            case Source.SourceFolder(Path top) -> FileWatch.deep(top);
        };
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent());
    }
}
