package dev.treadle.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Events that people keep to try functions with: CloudEvents in JSON, a file each. Safe for
 * threads.
 */
public final class TestEvents {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final String SUFFIX = ".json";

    private final Path folder;

    TestEvents(Path folder) {
        this.folder = folder;
    }

    /** An event's name, age and size. */
    public record Entry(String name, Instant updated, long bytes) {}

    /** Whether a name is one that can be used. */
    public static boolean isLegal(String name) {
        return NAME.matcher(name).matches();
    }

    /** Keeps an event, in the place of an older one of the name. */
    public void set(String name, String json) {
        try {
            OwnerFiles.write(file(name), json);
        } catch (IOException e) {
            throw new UncheckedIOException("the event %s cannot be kept".formatted(name), e);
        }
    }

    public Optional<String> get(String name) {
        try {
            return Optional.of(Files.readString(file(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the event %s cannot be read".formatted(name), e);
        }
    }

    /** Removes an event; says whether it was there. */
    public boolean delete(String name) {
        try {
            return Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException("the event %s cannot be removed".formatted(name), e);
        }
    }

    /** All events by name. */
    public List<Entry> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isLegal(name(file)))
                    .sorted()
                    .map(TestEvents::entry)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the events cannot be listed", e);
        }
    }

    private static Entry entry(Path file) {
        try {
            return new Entry(
                    name(file), Files.getLastModifiedTime(file).toInstant(), Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Illegal for what is no event's file. */
    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
    }

    private Path file(String name) {
        if (!isLegal(name)) {
            throw new IllegalArgumentException("'" + name + "' is not an event's name");
        }
        return folder.resolve(name + SUFFIX);
    }
}
