package dev.treadle;

import java.util.Map;

/**
 * A model that a function runs. Calls that come at the same time, from whatever function, may run
 * as one batch; each gets its own rows. Safe for threads.
 *
 * <p>Every call uses the release that the model's alias pointed at when the invocation asked for
 * the model, however the alias moves meanwhile.
 */
public interface Model {
    /** What it takes and gives. */
    ModelSignature signature();

    /**
     * Runs it and returns when it is done, within what is left of the call's deadline.
     *
     * @param inputs all of them by name. Their buffers must not change until this returns
     * @return the outputs by name, in the model's order
     * @throws TensorMismatch when a tensor is missing, unknown, or of another type or shape
     * @throws BindingFailed when the model cannot be loaded, is too slow, fails, or has as many
     *     calls waiting as are allowed
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs);

    /**
     * Runs it with a record's values. A component stands for the input of its name (or of its
     * {@link TensorName}); it is a {@link Tensor}, an array of numbers, booleans or texts, nested
     * as deep as the tensor, or one such value. Where the tensor's first dimension varies it may be
     * left out: one row. A flat array may stand for the fixed dimensions of one row. The result is
     * read in the same way: fractions of any type as {@code float} or {@code double}, whole numbers
     * as {@code long} or {@code int}. The {@code long} of an {@code uint64} has its bits, for
     * {@link Long#toUnsignedString(long)}.
     *
     * @param inputs a record
     * @param result a record of arrays or values; outputs that it does not name are passed over
     * @throws TensorMismatch also when a component does not fit its tensor
     * @throws BindingFailed as {@link #run(Map)}
     */
    default <T extends Record> T run(Record inputs, Class<T> result) {
        return RecordTensors.read(
                result, run(RecordTensors.write(inputs, signature())), signature());
    }
}
