package dev.treadle.cli;

import dev.treadle.cli.console.Failure;
import dev.treadle.registry.manifest.DidYouMean;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a line that was typed, and what was probably meant. */
final class UsageFailures {
    private UsageFailures() {}

    static Failure of(ParameterException e) {
        CommandLine command = e.getCommandLine();
        return switch (e) {
            case UnmatchedArgumentException unmatched ->
                    unmatched(unmatched.getUnmatched().getFirst(), command);
            case MissingParameterException missing -> missing(missing, command);
            default -> failure(sentence(String.valueOf(e.getMessage())), command);
        };
    }

    private static Failure unmatched(String argument, CommandLine command) {
        if (argument.startsWith("-")) {
            return failure(
                    "`%s` has no option %s%s"
                            .formatted(
                                    name(command),
                                    argument,
                                    meant(stem(argument), options(command))),
                    command);
        }
        if (command.getSubcommands().isEmpty()) {
            return failure(
                    "`%s` does not know what to do with '%s'".formatted(name(command), argument),
                    command);
        }
        Collection<String> verbs = command.getSubcommands().keySet();
        return failure(
                "`%s` has no verb '%s'%s"
                        .formatted(name(command), argument, meant(argument, verbs)),
                command);
    }

    private static Failure missing(MissingParameterException e, CommandLine command) {
        String wanted =
                String.join(" and ", e.getMissing().stream().map(UsageFailures::label).toList());
        return failure("`%s` wants %s".formatted(name(command), wanted), command);
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : argument.paramLabel();
    }

    static Failure failure(String cause, CommandLine command) {
        return Failure.usage(cause, synopsis(command), name(command) + " --help");
    }

    private static String synopsis(CommandLine command) {
        CommandLine.Help help =
                new CommandLine.Help(
                        command.getCommandSpec(),
                        CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return "Usage: " + help.synopsis(0).strip();
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    private static List<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream().map(OptionSpec::longestName).toList();
    }

    private static String stem(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? option : option.substring(0, equals);
    }

    private static String meant(String typed, Collection<String> known) {
        return DidYouMean.nearest(typed, known)
                .map(word -> "; did you mean %s?".formatted(word))
                .orElse("");
    }

    private static String sentence(String message) {
        return message.isEmpty()
                ? message
                : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
