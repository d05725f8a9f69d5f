package dev.treadle.testing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The W3C {@code traceparent} of a call: the caller's trace goes on, or a new one begins. */
final class Traceparent {
    private static final Pattern FORM =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})");

    private Traceparent() {}

    /**
     * @param number counts the calls of one test function, from 1
     */
    static String of(Optional<String> callers, int number) {
        Matcher caller = FORM.matcher(callers.orElse(""));
        String trace = caller.matches() ? caller.group(1) : "%032x".formatted(number);
        String flags = caller.matches() ? caller.group(2) : "01";
        return "00-" + trace + "-" + "%016x".formatted(number) + "-" + flags;
    }
}
