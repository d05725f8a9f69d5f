package dev.treadle.bindings.search;

import dev.treadle.bindings.Provider;

/** Where stores of documents are. */
public interface SearchProvider extends Provider {
    /** The store of this name; opening it waits for nothing. */
    SearchStore store(String name);
}
