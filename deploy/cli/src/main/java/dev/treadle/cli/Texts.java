package dev.treadle.cli;

import dev.treadle.registry.Split;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Values of the admin API as people read them. */
final class Texts {
    private static final int DIGITS_SHOWN = 12;
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private Texts() {}

    /** {@code v7} or {@code v7=90,v8=10}. */
    static String weights(JsonNode weights) {
        if (weights.isEmpty()) {
            return "-";
        }
        TreeMap<Integer, Integer> byRelease = new TreeMap<>();
        weights.properties()
                .forEach(e -> byRelease.put(Integer.valueOf(e.getKey()), e.getValue().asInt()));
        return new Split(byRelease).toString();
    }

    /** In the local zone, to the second. */
    static String time(String rfc3339) {
        return time(rfc3339, SECONDS);
    }

    /** In the local zone, to the millisecond. */
    static String timeWithMillis(String rfc3339) {
        return time(rfc3339, MILLIS);
    }

    static String joined(JsonNode texts) {
        String all =
                texts.valueStream().map(one -> one.asString("")).collect(Collectors.joining(" "));
        return all.isEmpty() ? "-" : all;
    }

    /** Enough of an artifact's digest to know it by. */
    static String digest(JsonNode digest) {
        String hex = digest.asString("");
        return hex.substring(0, Math.min(DIGITS_SHOWN, hex.length()));
    }

    /** {@code 840 µs}, {@code 12.3 ms} or {@code 1.20 s}. */
    static String micros(long micros) {
        if (micros < 1_000) {
            return micros + " µs";
        }
        return micros < 1_000_000
                ? String.format(Locale.ROOT, "%.1f ms", micros / 1e3)
                : String.format(Locale.ROOT, "%.2f s", micros / 1e6);
    }

    /** {@code 840 B}, {@code 12.3 KiB} or {@code 1.2 MiB}. */
    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }

    private static String time(String rfc3339, DateTimeFormatter form) {
        try {
            return Instant.parse(rfc3339).atZone(ZoneId.systemDefault()).format(form);
        } catch (DateTimeException e) {
            return rfc3339.isEmpty() ? "-" : rfc3339;
        }
    }
}
