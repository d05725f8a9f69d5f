package dev.treadle;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An input or output of a model.
 *
 * @param name as the model names it
 * @param type what its elements are
 * @param shape its dimensions, outermost first; none for a single value
 */
public record TensorSpec(String name, ElementType type, List<Dimension> shape) {
    public TensorSpec {
        shape = List.copyOf(shape);
    }

    /**
     * One dimension.
     *
     * @param size how many; {@link #VARIES} when each call may have another
     * @param name of one that varies, e.g. {@code batch}; empty when it has none
     */
    public record Dimension(long size, String name) {
        /** The size of a dimension of which each call may have another. */
        public static final long VARIES = -1;

        /** One of that size. */
        public static Dimension of(long size) {
            return new Dimension(size, "");
        }

        /** One that varies. */
        public static Dimension varying(String name) {
            return new Dimension(VARIES, name);
        }

        public boolean varies() {
            return size == VARIES;
        }

        @Override
        public String toString() {
            return !varies() ? Long.toString(size) : name.isEmpty() ? "?" : name;
        }
    }

    /** Whether a tensor of that shape may stand here. */
    public boolean takes(long... sizes) {
        if (sizes.length != shape.size()) {
            return false;
        }
        for (int i = 0; i < sizes.length; i++) {
            if (!shape.get(i).varies() && shape.get(i).size() != sizes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Type and shape: {@code float[batch, 3, 224, 224]}. */
    public String form() {
        return shape.stream()
                .map(Dimension::toString)
                .collect(Collectors.joining(", ", type + "[", "]"));
    }

    /** {@code pixels: float[batch, 3, 224, 224]}. */
    @Override
    public String toString() {
        return name + ": " + form();
    }
}
