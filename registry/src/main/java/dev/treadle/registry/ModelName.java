package dev.treadle.registry;

/** The name of a model: a DNS label (RFC 1123): a–z, 0–9 and inner hyphens, 63 at most. */
public record ModelName(String value) implements Name, Comparable<ModelName> {
    public ModelName {
        if (!isLegal(value)) {
            throw new IllegalArgumentException(
                    "'%s' is not a model name: use a-z, 0-9 and inner hyphens, 63 characters at most"
                            .formatted(value));
        }
    }

    public static boolean isLegal(String value) {
        return FunctionName.isLegal(value);
    }

    @Override
    public int compareTo(ModelName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
