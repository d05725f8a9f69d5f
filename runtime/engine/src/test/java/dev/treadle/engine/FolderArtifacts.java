package dev.treadle.engine;

import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plain folder of jars. */
final class FolderArtifacts implements ArtifactStore {
    private final Path folder;

    FolderArtifacts(Path folder) {
        this.folder = folder;
    }

    Digest put(byte[] bytes) throws IOException {
        Digest digest = Digest.of(bytes);
        Files.write(file(digest), bytes);
        return digest;
    }

    @Override
    public boolean has(Digest digest) {
        return Files.exists(file(digest));
    }

    @Override
    public void put(Digest expected, InputStream bytes) {
        try {
            Files.copy(bytes, file(expected));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path file(Digest digest) {
        return folder.resolve(digest.hex() + ".jar");
    }
}
