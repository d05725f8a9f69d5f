package dev.treadle.cli;

import dev.treadle.cli.console.ExitCode;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.FailureReport;
import dev.treadle.cli.console.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;

/** Chooses the verb, runs it, and shows why when it fails. Everything ends here as an exit code. */
public final class Cli {
    private final Session session;
    private final Verbs verbs = new Verbs();

    public Cli(Session session) {
        this.session = session;
    }

    /**
     * @return the exit code
     */
    public int run(String... arguments) {
        boolean json = Arrays.asList(arguments).contains("--json");
        CommandLine line = commandLine(arguments);
        line.setExecutionExceptionHandler((e, _, _) -> report(e, json));
        line.setParameterExceptionHandler((e, _) -> report(usage(e), json));
        return line.execute(arguments);
    }

    /** With the one verb that is wanted, or with all where the help, or advice, needs them. */
    private CommandLine commandLine(String... arguments) {
        CommandLine line = new CommandLine(new RootCommand());
        Function<Session, Object> wanted =
                arguments.length == 0 ? null : verbs.makers().get(arguments[0]);
        if (wanted == null || arguments[0].equals("completion")) {
            verbs.makers().forEach((name, maker) -> line.addSubcommand(name, maker.apply(session)));
        } else {
            line.addSubcommand(arguments[0], wanted.apply(session));
        }
        CommandLine up = line.getSubcommands().get("up");
        if (up != null) { // its options are the node's
            up.setUnmatchedOptionsArePositionalParams(true);
        }
        Help.Ansi ansi = session.console().colour() ? Help.Ansi.ON : Help.Ansi.OFF;
        line.setColorScheme(Help.defaultColorScheme(ansi));
        line.setOut(writer(session.console().out()));
        line.setErr(writer(session.console().err()));
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    private int report(Exception e, boolean json) {
        Failure failure = failure(e);
        FailureReport.print(failure, session.console(), json);
        return failure.exitCode().number();
    }

    private static Failure usage(ParameterException e) {
        return e.getCause() instanceof Failure failure ? failure : UsageFailures.of(e);
    }

    private static Failure failure(Exception e) {
        return switch (e) {
            case Failure failure -> failure;
            case UncheckedIOException io -> files(io);
            case IOException io -> files(io);
            default -> unexpected(e);
        };
    }

    private static Failure files(Exception e) {
        return Failure.failed(
                "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()),
                "A file or stream could not be read or written.",
                "treadle doctor");
    }

    private static Failure unexpected(Exception e) {
        List<String> trace =
                Arrays.stream(e.getStackTrace()).limit(12).map(frame -> "  at " + frame).toList();
        return new Failure(
                        ExitCode.FAILED,
                        "the command itself failed: " + e,
                        "This is a bug in Treadle; the lines above belong into its report.",
                        "treadle --version",
                        "treadle doctor")
                .withDetails(trace);
    }
}
