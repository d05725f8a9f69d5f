package dev.treadle.testing;

import java.util.Locale;

/** The form in which header names are kept. */
final class Names {
    private Names() {}

    static String lower(String header) {
        return header.toLowerCase(Locale.ROOT);
    }
}
