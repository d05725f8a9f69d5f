package dev.treadle.bindings.vectors;

import dev.treadle.bindings.Provider;

/** Where stores of vectors are. */
public interface VectorProvider extends Provider {
    /**
     * The store of this name; opening it waits for nothing.
     *
     * @param shape of its vectors, as the manifest says
     */
    VectorStore store(String name, VectorShape shape);
}
