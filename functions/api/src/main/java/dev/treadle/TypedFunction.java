package dev.treadle;

import org.jspecify.annotations.Nullable;

/**
 * A function from one type to another: JSON in, JSON out over HTTP, or the data of an event.
 *
 * @param <I> what comes in: a record, a class with a public constructor without arguments, a {@code
 *     Map}, a {@code List}, {@code String}, {@code byte[]} or a number
 * @param <O> what goes out, likewise; {@link Void} for nothing: return null
 */
@FunctionalInterface
@SuppressWarnings("exports") // who reads the null annotations brings them along
public interface TypedFunction<I extends @Nullable Object, O extends @Nullable Object>
        extends Handler {
    /**
     * Turns one input into one output.
     *
     * @param input the payload, already read; a payload that does not fit the type never gets here
     * @param context what the platform offers to this call
     * @return the output
     * @throws Exception as for {@link HttpFunction} and {@link EventFunction}, by what called
     */
    O handle(I input, Context context) throws Exception;
}
