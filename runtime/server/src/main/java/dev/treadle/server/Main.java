package dev.treadle.server;

import picocli.CommandLine;

/** Starts a node: {@code treadle up}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new UpCommand()).execute(arguments));
    }
}
