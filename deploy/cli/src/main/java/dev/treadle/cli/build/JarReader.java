package dev.treadle.cli.build;

import dev.treadle.cli.console.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads a jar whole. */
final class JarReader {
    private JarReader() {}

    /** Its files by name. */
    static SortedMap<String, byte[]> read(Path jar) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Iterator<? extends ZipEntry> all = zip.entries().asIterator(); all.hasNext(); ) {
                ZipEntry entry = all.next();
                if (!entry.isDirectory()) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        entries.put(entry.getName(), in.readAllBytes());
                    }
                }
            }
        } catch (IOException e) {
            throw Failure.failed(
                            "%s cannot be read as a jar: %s"
                                    .formatted(jar.getFileName(), e.getMessage()),
                            "A jar is a zip file with the function's classes.",
                            "jar tf " + jar)
                    .causedBy(e);
        }
        return entries;
    }
}
