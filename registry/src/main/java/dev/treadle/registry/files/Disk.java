package dev.treadle.registry.files;

import dev.treadle.registry.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Every change that the store makes to its folder goes through here, so that a test can stop the
 * process between any two of them. Safe for threads.
 */
interface Disk {
    /** Makes a directory whose parent exists; nothing when it is there. */
    void createDirectory(Path directory) throws IOException;

    /**
     * Writes a file from its beginning, made if need be, and returns when its bytes are on the
     * disk; its name may not be there yet.
     *
     * @param sha sees the bytes too
     */
    void write(Path file, InputStream bytes, MessageDigest sha) throws IOException;

    /** As {@link #write(Path, InputStream, MessageDigest)}. */
    default void write(Path file, byte[] bytes) throws IOException {
        write(file, new ByteArrayInputStream(bytes), Digest.sha256());
    }

    /** Returns when the names in a directory are on the disk. */
    void force(Path directory) throws IOException;

    /** Renames a file, replacing what is there, in one step. */
    void move(Path from, Path to) throws IOException;

    /** Removes a file or an empty directory; nothing when it is not there. */
    void delete(Path path) throws IOException;
}
