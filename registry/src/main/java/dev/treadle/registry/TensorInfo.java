package dev.treadle.registry;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An input or output of a model.
 *
 * @param name as the file names it
 * @param type the element type in ONNX's words: {@code float}, {@code int64}, {@code string}, …
 * @param shape each dimension: its size, or the name of one that varies; {@code ?} has no name
 */
public record TensorInfo(String name, String type, List<String> shape) {
    /** A dimension that varies and has no name. */
    public static final String UNNAMED = "?";

    private static final Pattern SIZE = Pattern.compile("[0-9]+");

    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** Whether a dimension of {@link #shape} varies. */
    public static boolean varies(String dimension) {
        return !SIZE.matcher(dimension).matches();
    }

    /** {@code pixels: float[batch, 3, 224, 224]}. */
    @Override
    public String toString() {
        return name + ": " + type + shape;
    }
}
