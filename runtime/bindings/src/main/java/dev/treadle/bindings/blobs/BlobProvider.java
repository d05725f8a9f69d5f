package dev.treadle.bindings.blobs;

import dev.treadle.bindings.Provider;

/** Where stores of blobs are. */
public interface BlobProvider extends Provider {
    /** The store of this name; opening it waits for nothing. */
    BlobStore store(String name);
}
