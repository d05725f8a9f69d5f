package dev.treadle.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The control of embedded blobs: a file that is written beside its place, synced and moved there.
 */
record BareFiles(Path folder) {
    void put(String key, byte[] content) {
        try {
            Path beside = Files.createTempFile(folder, key, ".new");
            try (FileChannel file = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap(content));
                file.force(true);
            }
            Files.move(
                    beside,
                    folder.resolve(key),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int get(String key) {
        try {
            return Files.readAllBytes(folder.resolve(key)).length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
