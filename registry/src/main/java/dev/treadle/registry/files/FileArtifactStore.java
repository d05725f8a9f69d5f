package dev.treadle.registry.files;

import static dev.treadle.registry.RegistryException.Reason.DIGEST_MISMATCH;
import static dev.treadle.registry.RegistryException.Reason.UNKNOWN_ARTIFACT;

import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.Digest;
import dev.treadle.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Artifacts as files: {@code 3f/3f5a….jar}, each written beside and renamed into place. Those that
 * no release uses stay for a while, so that an upload can be followed by its deploy, and then go.
 */
public final class FileArtifactStore implements ArtifactStore {
    private static final String INCOMING = "incoming";
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})\\.jar");

    private final Path folder;
    private final Path incoming;
    private final Disk disk;
    private final ArtifactUse use;

    FileArtifactStore(Path folder, Disk disk, InstantSource clock, Duration grace) {
        this.folder = folder;
        this.incoming = folder.resolve(INCOMING);
        this.disk = disk;
        this.use = new ArtifactUse(clock, grace);
    }

    /** Removes what an interrupted upload left, and learns what is there. */
    void open() throws IOException {
        disk.createDirectory(incoming);
        for (Path leftover : list(incoming)) {
            disk.delete(leftover);
        }
        for (Path fan : list(folder)) {
            if (Files.isDirectory(fan) && !fan.equals(incoming)) {
                for (Path file : list(fan)) {
                    found(file);
                }
            }
        }
    }

    /** What people put beside our files is none of our business. */
    private void found(Path file) throws IOException {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
            use.found(new Digest(name.group(1)), Files.getLastModifiedTime(file).toInstant());
        }
    }

    @Override
    public boolean has(Digest digest) {
        return use.touch(digest) && Files.isRegularFile(path(digest));
    }

    @Override
    public void put(Digest expected, InputStream bytes) {
        try {
            if (has(expected)) {
                verify(expected, bytes);
            } else {
                takeIn(expected, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot take in " + expected + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Path file(Digest digest) {
        if (!has(digest)) {
            throw unknown(digest);
        }
        return path(digest);
    }

    /** Keeps an artifact until as many calls of {@link #release} came. */
    void retain(Digest digest) {
        if (!use.retain(digest)) {
            throw unknown(digest);
        }
    }

    /**
     * As {@link #retain}, for a release that was there at the start, whatever became of its file.
     */
    void adopt(Digest digest) {
        use.adopt(digest);
    }

    void release(Digest digest) {
        use.release(digest);
    }

    /** Removes what nothing has used for a while. */
    void collect() {
        use.collect(digest -> disk.delete(path(digest)));
    }

    private void takeIn(Digest expected, InputStream bytes) throws IOException {
        Path file = incoming.resolve(UUID.randomUUID() + ".jar");
        try {
            MessageDigest sha = Digest.sha256();
            disk.write(file, bytes, sha);
            requireEqual(expected, sha);
        } catch (IOException | RuntimeException e) {
            discard(file, e);
            throw e;
        }
        use.arriving(expected, () -> settle(file, expected));
    }

    private void settle(Path file, Digest digest) throws IOException {
        Path fan = fan(digest);
        makeFan(fan);
        disk.move(file, path(digest));
        disk.force(fan);
    }

    private void discard(Path file, Exception cause) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** One at a time: nobody may rely on a directory whose own name is not yet on the disk. */
    private synchronized void makeFan(Path fan) throws IOException {
        if (!Files.isDirectory(fan)) {
            disk.createDirectory(fan);
            disk.force(folder);
        }
    }

    private static void verify(Digest expected, InputStream bytes) throws IOException {
        MessageDigest sha = Digest.sha256();
        bytes.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha));
        requireEqual(expected, sha);
    }

    private static void requireEqual(Digest expected, MessageDigest sha) {
        Digest actual = Digest.finish(sha, new byte[0]);
        if (!actual.equals(expected)) {
            throw new RegistryException(
                    DIGEST_MISMATCH,
                    "the bytes are %s, not %s as was said; send them again"
                            .formatted(actual, expected));
        }
    }

    private static RegistryException unknown(Digest digest) {
        return new RegistryException(
                UNKNOWN_ARTIFACT, "there is no artifact " + digest + "; upload it first");
    }

    private Path path(Digest digest) {
        return fan(digest).resolve(digest.hex() + ".jar");
    }

    private Path fan(Digest digest) {
        return folder.resolve(digest.hex().substring(0, 2));
    }

    private static List<Path> list(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        return entries;
    }
}
