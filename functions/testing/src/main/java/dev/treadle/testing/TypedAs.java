package dev.treadle.testing;

import dev.treadle.Context;
import dev.treadle.TypedFunction;
import org.jspecify.annotations.Nullable;

/** A lambda with the input type that its class does not tell. */
record TypedAs<I, O extends @Nullable Object>(Class<I> input, TypedFunction<I, O> function)
        implements TypedFunction<I, O> {
    @Override
    public O handle(I value, Context context) throws Exception {
        return function.handle(value, context);
    }
}
