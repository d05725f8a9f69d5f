package dev.treadle.cli;

import dev.treadle.cli.console.Failure;

/** A header as it is written on the command line. */
record HeaderLine(String name, String value) {
    /**
     * Reads {@code NAME:VALUE}.
     *
     * @param example a command that has it right
     */
    static HeaderLine parse(String text, String example) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon).strip();
        if (name.isEmpty()) {
            throw Failure.usage(
                    "the header '%s' has no name".formatted(text),
                    "A header is a name, a colon and a value.",
                    example);
        }
        return new HeaderLine(name, text.substring(colon + 1).strip());
    }
}
