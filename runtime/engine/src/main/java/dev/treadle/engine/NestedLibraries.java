package dev.treadle.engine;

import dev.treadle.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Unpacks the {@code lib/*.jar} inside an artifact, once per artifact, into a folder named by its
 * digest. Safe for threads and against being killed half-way: the folder appears whole.
 */
final class NestedLibraries {
    private static final String LIB = "lib/";

    private final Path folder;

    NestedLibraries(Path folder) {
        this.folder = folder;
    }

    /** The class path of an artifact: itself, then its libraries by name. */
    List<Path> classPath(Path artifact, Digest digest) throws IOException {
        List<Path> classPath = new ArrayList<>();
        classPath.add(artifact);
        try (ZipFile zip = new ZipFile(artifact.toFile())) {
            List<ZipEntry> libraries = libraries(zip);
            if (!libraries.isEmpty()) {
                Path unpacked = unpack(zip, libraries, folder.resolve(digest.hex()));
                for (ZipEntry library : libraries) {
                    classPath.add(unpacked.resolve(fileName(library)));
                }
            }
        }
        return classPath;
    }

    private static List<ZipEntry> libraries(ZipFile zip) {
        List<ZipEntry> libraries = new ArrayList<>();
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            String name = entry.getName();
            if (name.startsWith(LIB)
                    && name.endsWith(".jar")
                    && name.indexOf('/', LIB.length()) < 0) {
                libraries.add(entry);
            }
        }
        libraries.sort(Comparator.comparing(ZipEntry::getName));
        return libraries;
    }

    private Path unpack(ZipFile zip, List<ZipEntry> libraries, Path target) throws IOException {
        if (Files.isDirectory(target)) {
            return target;
        }
        Files.createDirectories(folder);
        Path half = Files.createTempDirectory(folder, "unpacking-");
        for (ZipEntry library : libraries) {
            try (InputStream in = zip.getInputStream(library)) {
                Files.copy(in, half.resolve(fileName(library)));
            }
        }
        try {
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            delete(half); // another thread was faster
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the data folder's file system cannot rename: " + folder, e);
        }
        return target;
    }

    private static String fileName(ZipEntry library) {
        return library.getName().substring(LIB.length());
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
