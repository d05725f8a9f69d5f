package dev.treadle.server;

import dev.treadle.engine.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * This node's secrets: a file each, mode 0600. An environment variable {@code TREADLE_SECRET_KEY}
 * wins over the file. Safe for threads.
 */
public final class SecretFiles implements Secrets {
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final String VARIABLE = "TREADLE_SECRET_";

    private final Path folder;
    private final Map<String, String> environment;
    private final ConcurrentMap<String, Optional<String>> known = new ConcurrentHashMap<>();

    SecretFiles(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** A secret's name and age. */
    public record Entry(String name, Instant updated) {}

    /** Whether a key is one that can be used. */
    public static boolean isLegal(String key) {
        return KEY.matcher(key).matches();
    }

    @Override
    public Optional<String> get(String key) {
        String variable = environment.get(VARIABLE + key);
        return variable == null ? known.computeIfAbsent(key, this::read) : Optional.of(variable);
    }

    /** Sets a secret; functions see it from their next read on. */
    public void set(String key, String value) {
        try {
            OwnerFiles.write(file(key), value);
        } catch (IOException e) {
            throw new UncheckedIOException("the secret %s cannot be written".formatted(key), e);
        }
        known.put(key, Optional.of(value));
    }

    /** Removes a secret; says whether it was there. */
    public boolean delete(String key) {
        try {
            boolean was = Files.deleteIfExists(file(key));
            known.put(key, Optional.empty());
            return was;
        } catch (IOException e) {
            throw new UncheckedIOException("the secret %s cannot be removed".formatted(key), e);
        }
    }

    /** All secrets by name. */
    public List<Entry> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isLegal(file.getFileName().toString()))
                    .sorted()
                    .map(SecretFiles::entry)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the secrets cannot be listed", e);
        }
    }

    private static Entry entry(Path file) {
        try {
            return new Entry(
                    file.getFileName().toString(), Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> read(String key) {
        try {
            Path file = file(key);
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the secret %s cannot be read".formatted(key), e);
        }
    }

    private Path file(String key) {
        if (!isLegal(key)) {
            throw new IllegalArgumentException("'" + key + "' is not a secret's name");
        }
        return folder.resolve(key);
    }
}
