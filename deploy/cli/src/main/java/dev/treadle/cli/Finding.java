package dev.treadle.cli;

import java.util.Locale;
import java.util.Optional;

/**
 * What the doctor found.
 *
 * @param subject what was looked at, in a word
 * @param tryThis a line that mends it
 */
record Finding(Verdict verdict, String subject, String text, Optional<String> tryThis) {
    /** How it stands. */
    enum Verdict {
        OK,
        WARN,
        FAIL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String subject, String text) {
        return new Finding(Verdict.OK, subject, text, Optional.empty());
    }

    static Finding warn(String subject, String text, String tryThis) {
        return new Finding(Verdict.WARN, subject, text, Optional.of(tryThis));
    }

    static Finding fail(String subject, String text, String tryThis) {
        return new Finding(Verdict.FAIL, subject, text, Optional.of(tryThis));
    }
}
