package dev.treadle.registry.files;

import dev.treadle.registry.Version;
import dev.treadle.registry.Versioned;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of one function or model: {@code release-7.json}, written once, and {@code
 * function.json} (or {@code model.json}), which names the releases that count. Renaming a new one
 * of these over the old is the commit; all else in the folder is either named by it or a leftover.
 * For one thread at a time.
 */
final class SlotFolder<R extends Version, D extends Versioned<R>> {
    private static final System.Logger LOG = System.getLogger(SlotFolder.class.getName());

    private final Kind<R, D> kind;
    private final String name;
    private final Path parent;
    private final Path folder;
    private final Disk disk;

    /** Whether the folder's name is on the disk. */
    private boolean made;

    SlotFolder(Kind<R, D> kind, Path parent, String name, Disk disk) {
        this.kind = kind;
        this.name = name;
        this.parent = parent;
        this.folder = parent.resolve(name);
        this.disk = disk;
    }

    /** Reads what is committed and removes what is not; empty when nothing is. */
    Optional<SlotState<D>> open() throws IOException {
        Path file = stateFile();
        if (!Files.exists(file)) {
            sweep(Set.of());
            disk.delete(folder);
            return Optional.empty();
        }
        made = true;
        SlotState<D> state = read(file);
        sweep(filesOf(state));
        return Optional.of(state);
    }

    /** Writes a release that the next {@link #commit} will name. */
    void write(R release) throws IOException {
        disk.createDirectory(folder);
        disk.write(releaseFile(release.number()), StateJson.write(kind, release));
    }

    /**
     * When this returns, {@code after} is what a reader finds; when it throws, {@code before} is.
     */
    void commit(SlotState<D> before, SlotState<D> after) throws IOException {
        Path next = folder.resolve(kind.word() + ".json.next");
        disk.write(next, StateJson.write(kind.word(), name, after));
        // The names of the release and of the new state, and the folder's own, must be there before
        // the
        // state counts. The folder's costs little now: it came to the disk with what is in it.
        disk.force(folder);
        if (!made) {
            disk.force(parent);
            made = true;
        }
        try {
            disk.move(next, stateFile());
            disk.force(folder);
        } catch (IOException e) {
            takeBack(before, next, e);
            throw e;
        }
    }

    /** Whether the rename will be found after a crash is not known: put the old state over it. */
    private void takeBack(SlotState<D> before, Path next, IOException cause) {
        try {
            disk.write(next, StateJson.write(kind.word(), name, before));
            disk.move(next, stateFile());
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Removes releases that no committed state names. One that stays is swept at the next open. */
    void remove(Iterable<Integer> releases) {
        for (int number : releases) {
            try {
                disk.delete(releaseFile(number));
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot remove " + releaseFile(number), e);
            }
        }
    }

    private SlotState<D> read(Path file) {
        StateJson.Head head = parse(file, bytes -> StateJson.readHead(kind.word(), name, bytes));
        if (head.releases().isEmpty()) {
            return new SlotState<>(head.next(), Optional.empty());
        }
        SortedMap<Integer, R> releases = new TreeMap<>();
        for (int number : head.releases()) {
            Path release = releaseFile(number);
            releases.put(
                    number,
                    parse(release, bytes -> StateJson.readRelease(kind, name, number, bytes)));
        }
        return parse(
                file,
                _ ->
                        new SlotState<>(
                                head.next(),
                                Optional.of(
                                        kind.of(name, releases, head.aliases(), head.previous()))));
    }

    private <T> T parse(Path file, Parser<T> parser) {
        try {
            return parser.parse(Files.readAllBytes(file));
        } catch (IOException | RuntimeException e) {
            throw new FileStoreException(
                    """
                    %s cannot be read: %s. Put it back from a backup; or move the folder %s away,\
                     start again and %s\
                    """
                            .formatted(file, reason(e), folder, kind.remedy(name)),
                    e);
        }
    }

    private static String reason(Exception e) {
        return e instanceof NoSuchFileException
                ? "it is missing"
                : Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    private Set<Path> filesOf(SlotState<D> state) {
        Set<Path> files = new HashSet<>(Set.of(stateFile()));
        state.deployed()
                .ifPresent(d -> d.releases().keySet().forEach(n -> files.add(releaseFile(n))));
        return files;
    }

    private void sweep(Set<Path> keep) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!keep.contains(file)) {
                    disk.delete(file);
                }
            }
        }
    }

    private Path stateFile() {
        return folder.resolve(kind.word() + ".json");
    }

    private Path releaseFile(int number) {
        return folder.resolve("release-" + number + ".json");
    }

    private interface Parser<T> {
        T parse(byte[] bytes);
    }
}
