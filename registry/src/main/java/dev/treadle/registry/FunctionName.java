package dev.treadle.registry;

import java.util.regex.Pattern;

/** The name of a function: a DNS label (RFC 1123): a–z, 0–9 and inner hyphens, 63 at most. */
public record FunctionName(String value) implements Name, Comparable<FunctionName> {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public FunctionName {
        if (!isLegal(value)) {
            throw new IllegalArgumentException(
                    "'%s' is not a function name: use a-z, 0-9 and inner hyphens, 63 characters at most"
                            .formatted(value));
        }
    }

    public static boolean isLegal(String value) {
        return LABEL.matcher(value).matches();
    }

    @Override
    public int compareTo(FunctionName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
