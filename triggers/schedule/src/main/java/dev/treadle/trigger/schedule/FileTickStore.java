package dev.treadle.trigger.schedule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Marks in files, one a schedule, for a single node: {@code FUNCTION.TRIGGER.tick} has the last
 * tick in its first line and the timing in its second. A file that cannot be understood counts as
 * none, and a mark never moves back. Safe for threads.
 */
public final class FileTickStore implements TickStore {
    private final Path folder;

    /**
     * Opens the store, and makes its folder when there is none.
     *
     * @throws UncheckedIOException when that fails
     */
    public FileTickStore(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder %s cannot be made".formatted(folder), e);
        }
    }

    @Override
    public synchronized Optional<Mark> read(Schedule.Id id) {
        Path file = file(id);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file);
            return lines.size() < 2
                    ? Optional.empty()
                    : Optional.of(new Mark(lines.get(1), Instant.parse(lines.get(0))));
        } catch (DateTimeException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(file), e);
        }
    }

    @Override
    public void begin(Schedule.Id id, Mark mark) {
        var _ = claim(id, mark);
    }

    @Override
    public synchronized boolean claim(Schedule.Id id, Mark mark) {
        Optional<Mark> before = read(id).filter(known -> known.timing().equals(mark.timing()));
        if (before.isPresent() && !before.get().last().isBefore(mark.last())) {
            return true;
        }
        Path file = file(id);
        Path young = folder.resolve(file.getFileName() + ".new");
        try {
            Files.writeString(young, mark.last() + "\n" + mark.timing() + "\n");
            Files.move(
                    young,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written".formatted(file), e);
        }
    }

    @Override
    public synchronized void forget(Schedule.Id id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be removed".formatted(file(id)), e);
        }
    }

    /** A function's and a trigger's name are DNS labels, so a dot tells them apart. */
    private Path file(Schedule.Id id) {
        return folder.resolve(id.function() + "." + id.trigger() + ".tick");
    }
}
