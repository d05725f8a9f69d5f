package dev.treadle.cli.console;

import java.util.List;
import java.util.Optional;

/**
 * Why a verb could not do its work, in three parts: the cause, the rule behind it, and lines to
 * try. Between the first two may stand details, shown as they are (compile errors, manifest
 * problems).
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String rule;
    private final List<String> tries;
    private final List<String> details;
    private final Optional<String> code;

    private Failure(
            ExitCode exitCode,
            String cause,
            String rule,
            List<String> tries,
            List<String> details,
            Optional<String> code) {
        super(cause);
        this.exitCode = exitCode;
        this.rule = rule;
        this.tries = List.copyOf(tries);
        this.details = List.copyOf(details);
        this.code = code;
    }

    public Failure(ExitCode exitCode, String cause, String rule, String... tries) {
        this(exitCode, cause, rule, List.of(tries), List.of(), Optional.empty());
    }

    public static Failure failed(String cause, String rule, String... tries) {
        return new Failure(ExitCode.FAILED, cause, rule, tries);
    }

    public static Failure usage(String cause, String rule, String... tries) {
        return new Failure(ExitCode.USAGE, cause, rule, tries);
    }

    public static Failure notFound(String cause, String rule, String... tries) {
        return new Failure(ExitCode.NOT_FOUND, cause, rule, tries);
    }

    public Failure withDetails(List<String> lines) {
        return new Failure(exitCode, cause(), rule, tries, lines, code);
    }

    /** With the node's error code, e.g. {@code TR-1101}. */
    public Failure withCode(String id) {
        return new Failure(exitCode, cause(), rule, tries, details, Optional.of(id));
    }

    public Failure withTries(List<String> lines) {
        return new Failure(exitCode, cause(), rule, lines, details, code);
    }

    public Failure causedBy(Throwable origin) {
        initCause(origin);
        return this;
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    /** The first part: what happened. */
    public String cause() {
        return String.valueOf(getMessage());
    }

    /** The second part: what holds, so that the reader can do it right. May be empty. */
    public String rule() {
        return rule;
    }

    /** The third part: lines that can be run. May be empty. */
    public List<String> tries() {
        return tries;
    }

    public List<String> details() {
        return details;
    }

    public Optional<String> code() {
        return code;
    }
}
