package dev.treadle.bindings.kv;

import java.nio.charset.StandardCharsets;

/** A counter's value: a whole number in decimal digits. */
final class Counter {
    private Counter() {}

    /** The sum, as a value; refuses a value that is no counter. */
    static long sum(String key, byte[] value, long by) {
        String text = new String(value, StandardCharsets.UTF_8);
        try {
            long number = Long.parseLong(text);
            if (!Long.toString(number).equals(text)) {
                throw noNumber(key);
            }
            return Math.addExact(number, by);
        } catch (NumberFormatException e) {
            throw noNumber(key);
        } catch (ArithmeticException e) {
            throw overflow(key);
        }
    }

    static byte[] value(long number) {
        return Long.toString(number).getBytes(StandardCharsets.UTF_8);
    }

    static IllegalArgumentException noNumber(String key) {
        return new IllegalArgumentException(
                "the value of '%s' is no whole number that could be added to".formatted(key));
    }

    static IllegalArgumentException overflow(String key) {
        return new IllegalArgumentException(
                "the sum for '%s' is larger than a long holds".formatted(key));
    }
}
