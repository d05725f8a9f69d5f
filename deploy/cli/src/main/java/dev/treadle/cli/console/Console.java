package dev.treadle.cli.console;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * The three streams of the process and how to write to them. Results go to {@code out}; progress,
 * warnings and failures to {@code err}.
 *
 * @param terminal whether {@code out} is read by a person
 * @param colour whether ANSI colours may be used
 */
public record Console(
        InputStream in, PrintStream out, PrintStream err, boolean terminal, boolean colour) {
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /** A line that is not part of the result. */
    public void note(String line) {
        err.println(line);
        err.flush();
    }

    public void warn(String line) {
        note(paint(Colour.YELLOW, "Warning: ") + line);
    }

    public String paint(Colour wanted, String text) {
        return colour ? wanted.sequence() + text + "\u001b[0m" : text;
    }

    /** The few that mean something. */
    public enum Colour {
        RED("\u001b[31m"),
        GREEN("\u001b[32m"),
        YELLOW("\u001b[33m"),
        DIM("\u001b[2m"),
        BOLD("\u001b[1m");

        private final String sequence;

        Colour(String sequence) {
            this.sequence = sequence;
        }

        String sequence() {
            return sequence;
        }
    }
}
