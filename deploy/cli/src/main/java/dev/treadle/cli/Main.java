package dev.treadle.cli;

import dev.treadle.cli.console.Session;

/** Where the process begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length == 1 && arguments[0].equals("--version")) {
            System.out.println(Version.line()); // at once: loads nothing else
            return;
        }
        System.exit(new Cli(Session.ofProcess()).run(arguments));
    }
}
