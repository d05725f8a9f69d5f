package dev.treadle.registry.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A jar. */
final class ZipContents implements Contents {
    private final ZipFile zip;
    private final String label;

    ZipContents(Path jar, String label) throws IOException {
        this.zip = new ZipFile(jar.toFile());
        this.label = label;
    }

    @Override
    public void forEach(Visitor visitor) throws IOException {
        List<ZipEntry> entries = new ArrayList<>(Collections.list(zip.entries()));
        for (ZipEntry entry : entries) {
            Names.check(entry.getName(), label);
            if (!entry.isDirectory()) {
                try (InputStream bytes = zip.getInputStream(entry)) {
                    visitor.visit(entry.getName(), bytes);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
