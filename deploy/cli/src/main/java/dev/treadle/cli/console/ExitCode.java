package dev.treadle.cli.console;

/** What the process ends with. Documented in the README of this module; never renumbered. */
public enum ExitCode {
    OK(0),
    /** What was asked for failed: a compile error, a refused deploy, a function that failed. */
    FAILED(1),
    /** An unknown verb or option, or a value that cannot be read. */
    USAGE(2),
    /** No node answers. */
    UNREACHABLE(3),
    /** The function, release, alias, secret or path is not there. */
    NOT_FOUND(4),
    /** No token, or one that the node does not take. */
    UNAUTHORIZED(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
