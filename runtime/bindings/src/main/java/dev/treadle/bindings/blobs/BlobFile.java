package dev.treadle.bindings.blobs;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes a content once: into a new file, and onto the disk. */
final class BlobFile {
    private static final int PIECE = 1 << 16;
    private static final int ETAG_BYTES = 16;

    private BlobFile() {}

    /**
     * What was written.
     *
     * @param etag of the content
     */
    record Written(long size, String etag) {}

    /**
     * @throws IOException when the content fails
     */
    static Written write(Path file, InputStream content) throws IOException {
        MessageDigest digest = sha256();
        long size = 0;
        try (FileChannel out = create(file)) {
            byte[] piece = new byte[PIECE];
            int read = content.read(piece);
            while (read >= 0) {
                digest.update(piece, 0, read);
                write(out, ByteBuffer.wrap(piece, 0, read), file);
                size += read;
                read = content.read(piece);
            }
            force(out, file);
        }
        return new Written(size, etag(digest));
    }

    /** Of a content that is in no file. */
    static String etag(byte[] content) {
        MessageDigest digest = sha256();
        digest.update(content);
        return etag(digest);
    }

    private static String etag(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest(), 0, ETAG_BYTES);
    }

    private static FileChannel create(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static void write(FileChannel out, ByteBuffer bytes, Path file) {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static void force(FileChannel out, Path file) {
        try {
            out.force(true);
            try (FileChannel folder = FileChannel.open(file.getParent())) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static StoreFailure failed(Path file, IOException e) {
        return new StoreFailure(Reason.FAILED, "%s cannot be written: %s".formatted(file, e), e);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
