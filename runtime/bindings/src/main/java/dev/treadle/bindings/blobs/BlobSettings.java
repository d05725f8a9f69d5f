package dev.treadle.bindings.blobs;

import dev.treadle.bindings.Capacity;

/** What is behind a store of blobs. */
public record BlobSettings(Capacity capacity, Source source) {
    /** A provider and what it needs. */
    public sealed interface Source {}

    /** A folder of the node. */
    public record Directory() implements Source {}

    /** An S3. */
    public record S3(S3Settings server) implements Source {}
}
