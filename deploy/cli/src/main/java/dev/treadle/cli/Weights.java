package dev.treadle.cli;

import dev.treadle.registry.Split;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code v7} or {@code v7=90,v8=10}. */
final class Weights implements ITypeConverter<Split> {
    @Override
    public Split convert(String value) {
        SortedMap<Integer, Integer> weights = new TreeMap<>();
        String[] parts = value.split(",", -1);
        for (String part : parts) {
            String[] sides = part.split("=", 2);
            int release = ReleaseNumber.parse(sides[0].strip()).value();
            int weight =
                    sides.length == 2 ? weight(sides[1].strip()) : wholeOf(value, parts.length);
            if (weights.put(release, weight) != null) {
                throw new TypeConversionException(
                        "v%d stands twice in '%s'".formatted(release, value));
            }
        }
        try {
            return new Split(weights);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "%s: '%s'; write several without spaces, such as v7=90,v8=10"
                            .formatted(e.getMessage(), value));
        }
    }

    private static int wholeOf(String value, int parts) {
        if (parts > 1) {
            throw new TypeConversionException(
                    "'%s' needs a weight for each release, such as v7=90,v8=10".formatted(value));
        }
        return 100;
    }

    private static int weight(String text) {
        try {
            return Integer.parseInt(text.replaceFirst("%$", ""));
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'%s' is no weight: write 1 to 100".formatted(text));
        }
    }
}
