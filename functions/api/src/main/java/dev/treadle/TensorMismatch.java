package dev.treadle;

/**
 * A tensor is not what the model takes. Not caught, it is the caller's fault: status 400, and an
 * event is not tried again.
 */
public class TensorMismatch extends BadRequest {
    private static final long serialVersionUID = 1L;

    private final String tensor;
    private final String expected;
    private final String found;

    /**
     * The platform makes these; tests may.
     *
     * @param tensor which input or output
     * @param expected what the model has there
     * @param found what was given or asked for
     */
    public TensorMismatch(String tensor, String expected, String found) {
        super("the tensor '%s': expected %s, found %s".formatted(tensor, expected, found));
        this.tensor = tensor;
        this.expected = expected;
        this.found = found;
    }

    /** Which input or output. */
    public String tensor() {
        return tensor;
    }

    /** What the model has there. */
    public String expected() {
        return expected;
    }

    /** What was given or asked for. */
    public String found() {
        return found;
    }
}
