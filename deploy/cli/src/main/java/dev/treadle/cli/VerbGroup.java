package dev.treadle.cli;

import dev.treadle.cli.console.Failure;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a verb has that wants another verb behind it: {@code --help}, and what it says alone. */
final class VerbGroup {
    private final String wanted;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli: --help
    private final OutputOptions output = new OutputOptions();

    /**
     * @param wanted the verbs that can follow, for people
     */
    VerbGroup(String wanted) {
        this.wanted = wanted;
    }

    /** Why it cannot stand alone. */
    Failure incomplete() {
        return UsageFailures.failure(
                "`%s` wants %s".formatted(spec.qualifiedName(), wanted), spec.commandLine());
    }
}
