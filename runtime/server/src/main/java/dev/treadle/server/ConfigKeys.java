package dev.treadle.server;

import dev.treadle.registry.manifest.DidYouMean;
import dev.treadle.registry.manifest.DurationText;
import dev.treadle.registry.manifest.SizeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads typed values out of flat keys such as {@code http.port}, and collects every error instead
 * of stopping at the first. Each key can also be given as an environment variable: {@code
 * http.port} as {@code TREADLE_HTTP_PORT}; the variable wins over the file. For one thread.
 */
final class ConfigKeys {
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

    /** The names that stand next under a key in the file, such as {@code a} of {@code key.a.b}. */
    Set<String> names(String key) {
        Set<String> names = new TreeSet<>();
        for (String each : file.keySet()) {
            if (each.startsWith(key + ".")) {
                names.add(each.substring(key.length() + 1).split("\\.", 2)[0]);
            }
        }
        return names;
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
                : DurationText.parse(text.get())
                        .filter(Duration::isPositive)
                        .orElseGet(
                                () ->
                                        bad(
                                                key,
                                                "a duration such as 30s or 5m",
                                                text.get(),
                                                otherwise));
    }

    long bytes(String key, long least, long most, long otherwise) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        OptionalLong size = SizeText.parse(text.get());
        if (size.isPresent() && size.getAsLong() >= least && size.getAsLong() <= most) {
            return size.getAsLong();
        }
        String bounds =
                most == Long.MAX_VALUE
                        ? ", %d bytes or more".formatted(least)
                        : ", %d to %d bytes".formatted(least, most);
        return bad(key, "a size such as 512Ki or 64Mi" + bounds, text.get(), otherwise);
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
        return DidYouMean.nearest(key, asked.keySet())
                .map(known -> " (did you mean " + known + "?)")
                .orElse("");
    }

    private static String variable(String key) {
        return "TREADLE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
