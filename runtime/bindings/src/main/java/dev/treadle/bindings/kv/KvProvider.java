package dev.treadle.bindings.kv;

import dev.treadle.bindings.Provider;

/** Where stores of keys and values are. */
public interface KvProvider extends Provider {
    /** The store of this name; opening it waits for nothing. */
    KvStore store(String name);
}
