package dev.treadle.server;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads typed values out of flat keys such as {@code http.port}, and collects every error instead
 * of stopping at the first. Each key can also be given as an environment variable: {@code
 * http.port} as {@code TREADLE_HTTP_PORT}; the variable wins over the file. For one thread.
 */
final class ConfigKeys {
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d+)(Ki|Mi|Gi|k|M|G)?");

    private final Map<String, String> file;
    private final Map<String, String> environment;
    private final Map<String, String> asked = new TreeMap<>();
    private final List<String> errors = new ArrayList<>();

    ConfigKeys(Map<String, String> file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    Optional<String> text(String key) {
        String variable = variable(key);
        asked.put(key, variable);
        return Optional.ofNullable(environment.get(variable))
                .or(() -> Optional.ofNullable(file.get(key)));
    }

    int integer(String key, int least, int most, int otherwise) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            return bad(key, "a number from %d to %d".formatted(least, most), text.get(), otherwise);
        }
        return bad(key, "a number from %d to %d".formatted(least, most), text.get(), otherwise);
    }

    Duration duration(String key, Duration otherwise) {
        Optional<String> text = text(key);
        return text.isEmpty()
                ? otherwise
                : parseDuration(text.get())
                        .filter(value -> !value.isZero() && !value.isNegative())
                        .orElseGet(
                                () ->
                                        bad(
                                                key,
                                                "a duration such as 30s or 5m",
                                                text.get(),
                                                otherwise));
    }

    long bytes(String key, long otherwise) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        OptionalLong size = parseSize(text.get());
        return size.isPresent()
                ? size.getAsLong()
                : bad(key, "a size such as 512Ki or 64Mi", text.get(), otherwise);
    }

    /** All errors; keys of the file that nobody asked for are among them. To be called last. */
    List<String> errors() {
        List<String> all = new ArrayList<>(errors);
        for (String key : file.keySet()) {
            if (!asked.containsKey(key)) {
                all.add(
                        "%s is not a setting%s; the settings are %s"
                                .formatted(key, nearest(key), String.join(", ", asked.keySet())));
            }
        }
        return all;
    }

    private <T> T bad(String key, String expected, String found, T otherwise) {
        errors.add("%s: expected %s, found '%s'".formatted(key, expected, found));
        return otherwise;
    }

    private String nearest(String key) {
        return asked.keySet().stream()
                .filter(known -> known.regionMatches(true, 0, key, 0, Math.min(3, key.length())))
                .findFirst()
                .map(known -> " (did you mean " + known + "?)")
                .orElse("");
    }

    static String variable(String key) {
        return "TREADLE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Optional<Duration> parseDuration(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text);
        try {
            if (!matcher.matches()) {
                return Optional.of(Duration.parse(text));
            }
            long amount = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static OptionalLong parseSize(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        String unit = matcher.group(2) == null ? "" : matcher.group(2);
        long factor =
                switch (unit) {
                    case "Ki" -> 1L << 10;
                    case "Mi" -> 1L << 20;
                    case "Gi" -> 1L << 30;
                    case "k" -> 1_000L;
                    case "M" -> 1_000_000L;
                    case "G" -> 1_000_000_000L;
                    default -> 1L;
                };
        try {
            return OptionalLong.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), factor));
        } catch (NumberFormatException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
