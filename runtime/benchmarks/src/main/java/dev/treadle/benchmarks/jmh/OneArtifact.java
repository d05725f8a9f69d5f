package dev.treadle.benchmarks.jmh;

import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.Digest;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder whose files are named by their digests; it was filled beforehand. */
record OneArtifact(Path folder) implements ArtifactStore {
    @Override
    public boolean has(Digest digest) {
        return Files.exists(file(digest));
    }

    @Override
    public void put(Digest expected, InputStream bytes) {
        throw new UnsupportedOperationException("filled beforehand");
    }

    @Override
    public Path file(Digest digest) {
        return folder.resolve(digest.hex());
    }
}
