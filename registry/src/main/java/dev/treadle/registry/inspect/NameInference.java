package dev.treadle.registry.inspect;

import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.TriggerSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a function without a manifest is taken to declare. */
public final class NameInference {
    private static final int LENGTH_MAX = 63;
    private static final String FALLBACK = "function";

    private NameInference() {}

    /** {@code csv-stats} for {@code com.acme.CsvStats}. */
    public static FunctionName name(String className) {
        String simple =
                className.substring(
                        Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
        String words =
                simple.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2");
        String kebab = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = kebab.length() > LENGTH_MAX ? kebab.substring(0, LENGTH_MAX) : kebab;
        String label = cut.replaceAll("^-+|-+$", "");
        return new FunctionName(label.isEmpty() ? FALLBACK : label);
    }

    /** The name from the class, and the route {@code /NAME} on every method. */
    public static Manifest manifest(String entry) {
        return manifest(name(entry), entry);
    }

    /** The route {@code /NAME} on every method; all else at its default. */
    public static Manifest manifest(FunctionName name, String entry) {
        TriggerSpec route = new TriggerSpec.Http("/" + name, List.of(), Optional.empty());
        return new Manifest(
                name, entry, Limits.DEFAULT, Map.of(), List.of(), List.of(route), List.of());
    }
}
