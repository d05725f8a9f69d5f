package dev.treadle.registry.inspect;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder, such as {@code target/classes}. */
final class FolderContents implements Contents {
    private final Path folder;

    FolderContents(Path folder) {
        this.folder = folder;
    }

    @Override
    public void forEach(Visitor visitor) throws IOException {
        for (Path file : files()) {
            String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
            try (InputStream bytes = Files.newInputStream(file)) {
                visitor.visit(name, bytes);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public void close() {}
}
