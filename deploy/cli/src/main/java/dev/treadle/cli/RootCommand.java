package dev.treadle.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What stands before a verb. Without one it shows the help. */
@Command(
        name = "treadle",
        versionProvider = RootCommand.Line.class,
        synopsisHeading = "Usage: ",
        customSynopsis = "treadle VERB [OPTIONS]",
        description = {"", "Self-hosted serverless functions on the JVM.", ""},
        commandListHeading = "Verbs:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nFrom nothing to a live URL:%n",
        footer = {
            "  treadle up",
            "  treadle init hello --template http",
            "  treadle deploy hello",
            "",
            "treadle VERB --help tells more about a verb. Exit codes: 0 done, 1 failed, 2 wrong usage,",
            "3 no node answers, 4 not found, 5 unauthorized."
        })
final class RootCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean version;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The version, for picocli. */
    static final class Line implements picocli.CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.line()};
        }
    }
}
