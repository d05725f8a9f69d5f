package dev.treadle.cli.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where sources, resources and the manifest lie when no build tool says so. */
sealed interface JavaLayout {
    /** Finds the files as they are now. */
    Found find() throws IOException;

    boolean isInput(Path other);

    /** What was asked for. */
    Path path();

    /**
     * What was found.
     *
     * @param resources by their names in the artifact
     */
    record Found(List<Path> sources, SortedMap<String, Path> resources, Optional<Path> manifest) {}

    /** One file on its own; a manifest may lie beside it. */
    record Single(Path path) implements JavaLayout {
        @Override
        public Found find() {
            Optional<Path> manifest = manifests().filter(Files::isRegularFile).findFirst();
            return new Found(List.of(path), new TreeMap<>(), manifest);
        }

        @Override
        public boolean isInput(Path other) {
            return other.equals(path) || manifests().anyMatch(other::equals);
        }

        private Stream<Path> manifests() {
            return Stream.of(Contents.stem(path) + ".yaml", Contents.MANIFEST)
                    .map(path::resolveSibling);
        }
    }

    /**
     * {@code src/main/java} and {@code src/main/resources}, or {@code src}, or the folder itself.
     */
    record Folder(Path path) implements JavaLayout {
        @Override
        public Found find() throws IOException {
            Path java = javaRoot();
            List<Path> sources = new ArrayList<>();
            SortedMap<String, Path> resources = new TreeMap<>();
            try (Stream<Path> files =
                    java.equals(path) ? SourceTree.ofProject(java) : SourceTree.under(java)) {
                files.forEach(
                        file -> {
                            if (file.toString().endsWith(".java")) {
                                sources.add(file);
                            } else {
                                resources.put(entryName(java, file), file);
                            }
                        });
            }
            Path resourceRoot = path.resolve("src/main/resources");
            if (Files.isDirectory(resourceRoot)) {
                try (Stream<Path> files = SourceTree.under(resourceRoot)) {
                    files.forEach(file -> resources.put(entryName(resourceRoot, file), file));
                }
            }
            Optional<Path> manifest =
                    Stream.of(
                                    path.resolve(Contents.MANIFEST),
                                    resourceRoot.resolve(Contents.MANIFEST))
                            .filter(Files::isRegularFile)
                            .findFirst();
            return new Found(sources, resources, manifest);
        }

        @Override
        public boolean isInput(Path other) {
            Path java = javaRoot();
            boolean maven = java.endsWith("src/main/java");
            return other.equals(path.resolve(Contents.MANIFEST))
                    || other.startsWith(maven ? path.resolve("src/main") : java);
        }

        private Path javaRoot() {
            return Stream.of(path.resolve("src/main/java"), path.resolve("src"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElse(path);
        }

        private static String entryName(Path root, Path file) {
            return root.relativize(file).toString().replace('\\', '/');
        }
    }
}
