package dev.treadle.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Files that only their owner may read (mode 0600), in folders that only their owner may enter. */
public final class OwnerFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnerFiles() {}

    /**
     * Makes the folder (mode 0700) where it is missing.
     *
     * @throws IOException when it cannot be made; the message says which folder and why
     */
    public static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.createDirectories(folder, attributes("rwx------"));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(e.getFile() + " is a file; a folder is wanted there", e);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "cannot make the folder %s: no right to write to %s"
                            .formatted(folder, e.getFile()),
                    e);
        } catch (IOException e) {
            throw new IOException("cannot make the folder %s: %s".formatted(folder, e), e);
        }
    }

    /** Replaces the file's content whole. */
    public static void write(Path file, String text) throws IOException {
        Path folder =
                Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        createFolder(folder);
        Path half = Files.createTempFile(folder, ".half-", "", attributes("rw-------"));
        Files.write(half, text.getBytes(StandardCharsets.UTF_8));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes the group's and others' rights away. */
    public static void restrict(Path file) throws IOException {
        if (POSIX) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static FileAttribute<?>[] attributes(String mode) {
        if (!POSIX) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }
}
