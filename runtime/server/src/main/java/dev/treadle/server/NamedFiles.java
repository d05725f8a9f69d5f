package dev.treadle.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Texts that people keep by name: a file each, for its owner only. Safe for threads. */
public final class NamedFiles {
    private final String what;
    private final Path folder;
    private final Pattern name;
    private final String suffix;

    /**
     * The files of a folder, which is made for the first.
     *
     * @param what what one of them is, for messages
     * @param name what a name looks like; others are passed over
     * @param suffix ends each file's name
     */
    NamedFiles(String what, Path folder, Pattern name, String suffix) {
        this.what = what;
        this.folder = folder;
        this.name = name;
        this.suffix = suffix;
    }

    /** A text's name, age and size. */
    public record Entry(String name, Instant updated, long bytes) {}

    /** Keeps a text, in the place of an older one of the name. */
    void set(String name, String text) {
        try {
            OwnerFiles.write(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException("the %s %s cannot be written".formatted(what, name), e);
        }
    }

    Optional<String> get(String name) {
        try {
            Path file = file(name);
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the %s %s cannot be read".formatted(what, name), e);
        }
    }

    /** Removes a text; says whether it was there. */
    boolean delete(String name) {
        try {
            return Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException("the %s %s cannot be removed".formatted(what, name), e);
        }
    }

    /** All by name. */
    List<Entry> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name.matcher(name(file)).matches())
                    .sorted()
                    .map(this::entry)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the %ss cannot be listed".formatted(what), e);
        }
    }

    private Entry entry(Path file) {
        try {
            return new Entry(
                    name(file), Files.getLastModifiedTime(file).toInstant(), Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty for a file of another kind. */
    private String name(Path file) {
        String all = String.valueOf(file.getFileName());
        return all.endsWith(suffix) ? all.substring(0, all.length() - suffix.length()) : "";
    }

    private Path file(String wanted) {
        if (!name.matcher(wanted).matches()) {
            throw new IllegalArgumentException("'%s' cannot name a %s".formatted(wanted, what));
        }
        return folder.resolve(wanted + suffix);
    }
}
