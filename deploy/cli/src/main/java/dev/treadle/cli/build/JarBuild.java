package dev.treadle.cli.build;

import dev.treadle.cli.console.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Takes a jar as it is; its manifest is inside or beside it. */
final class JarBuild implements Build {
    private final Session session;
    private final Path jar;

    JarBuild(Session session, Path jar) {
        this.session = session;
        this.jar = jar;
    }

    @Override
    public Contents build() throws IOException {
        SortedMap<String, byte[]> entries = JarReader.read(jar);
        return new Contents(
                entries,
                Optional.of(Files.readAllBytes(jar)),
                manifest(entries),
                List.of(),
                List.of());
    }

    @Override
    public boolean isInput(Path path) {
        return path.equals(jar) || beside().anyMatch(path::equals);
    }

    private Optional<Contents.ManifestText> manifest(SortedMap<String, byte[]> entries)
            throws IOException {
        byte[] inside = entries.get(Contents.MANIFEST);
        if (inside != null) {
            return Optional.of(
                    new Contents.ManifestText(
                            Contents.MANIFEST + " in " + session.environment().show(jar),
                            new String(inside, StandardCharsets.UTF_8)));
        }
        Optional<Path> file = beside().filter(Files::isRegularFile).findFirst();
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Contents.ManifestText(
                                session.environment().show(file.get()),
                                Files.readString(file.get())));
    }

    private Stream<Path> beside() {
        return Stream.of(Contents.stem(jar) + ".yaml", Contents.MANIFEST).map(jar::resolveSibling);
    }
}
