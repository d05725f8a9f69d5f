package dev.treadle.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The control of embedded blobs: a file that is written beside its place, synced and moved there,
 * and its folder synced. It begins with what is known of its content.
 *
 * @param folder is there
 */
record BareFiles(Path folder) {
    private static final byte[] TYPE = "application/octet-stream".getBytes(StandardCharsets.UTF_8);
    private static final int ETAG_BYTES = 32;
    private static final int HEAD = Long.BYTES + ETAG_BYTES + Integer.BYTES + TYPE.length;

    void put(String key, byte[] content) {
        ByteBuffer all = ByteBuffer.allocate(HEAD + content.length);
        all.putLong(System.currentTimeMillis()).put(sha256(content));
        all.putInt(TYPE.length).put(TYPE).put(content).flip();
        try {
            Path beside = Files.createTempFile(folder, key, ".new");
            try (FileChannel file = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                file.write(all);
                file.force(true);
            }
            Files.move(
                    beside,
                    folder.resolve(key),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel names = FileChannel.open(folder)) {
                names.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] get(String key) {
        try {
            byte[] all = Files.readAllBytes(folder.resolve(key));
            return Arrays.copyOfRange(all, HEAD, all.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
