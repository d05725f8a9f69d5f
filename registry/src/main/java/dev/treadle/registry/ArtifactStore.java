package dev.treadle.registry;

import java.io.InputStream;
import java.nio.file.Path;

/** Keeps artifacts by digest. What is in never changes. Safe for threads. */
public interface ArtifactStore {
    boolean has(Digest digest);

    /**
     * Takes an artifact in. Taking in what is there already changes nothing.
     *
     * @param expected what the bytes must hash to
     * @param bytes read to the end, not closed
     * @throws RegistryException when the bytes hash to something else; nothing is kept then
     * @throws java.io.UncheckedIOException when reading or writing failed; nothing is kept then
     */
    void put(Digest expected, InputStream bytes);

    /**
     * The artifact as a file on this node, fetched first where need be. The file must not be
     * changed and stays as long as the artifact is in the store.
     *
     * @throws RegistryException when it is not there
     */
    Path file(Digest digest);
}
