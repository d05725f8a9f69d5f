package dev.treadle.registry.files;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Release;
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
 * The files of one function: {@code release-7.json}, written once, and {@code function.json}, which
 * names the releases that count. Renaming a new {@code function.json} over the old one is the
 * commit; all else in the folder is either named by it or a leftover. For one thread at a time.
 */
final class FunctionFolder {
    private static final System.Logger LOG = System.getLogger(FunctionFolder.class.getName());
    private static final String STATE = "function.json";

    private final FunctionName name;
    private final Path functions;
    private final Path folder;
    private final Disk disk;
    private boolean made;

    FunctionFolder(Path functions, FunctionName name, Disk disk) {
        this.name = name;
        this.functions = functions;
        this.folder = functions.resolve(name.value());
        this.disk = disk;
    }

    /** Reads what is committed and removes what is not; empty when nothing is. */
    Optional<FunctionState> open() throws IOException {
        Path file = folder.resolve(STATE);
        if (!Files.exists(file)) {
            sweep(Set.of());
            disk.delete(folder);
            return Optional.empty();
        }
        made = true;
        FunctionState state = read(file);
        sweep(filesOf(state));
        return Optional.of(state);
    }

    /** Writes a release that the next {@link #commit} will name. */
    void write(Release release) throws IOException {
        make();
        disk.write(releaseFile(release.number()), StateJson.write(release));
    }

    /**
     * When this returns, {@code after} is what a reader finds; when it throws, {@code before} is.
     */
    void commit(FunctionState before, FunctionState after) throws IOException {
        Path next = folder.resolve(STATE + ".next");
        disk.write(next, StateJson.write(name, after));
        // The names of the release and of the new state must be there before the state counts.
        disk.force(folder);
        try {
            disk.move(next, folder.resolve(STATE));
            disk.force(folder);
        } catch (IOException e) {
            takeBack(before, next, e);
            throw e;
        }
    }

    /** Whether the rename will be found after a crash is not known: put the old state over it. */
    private void takeBack(FunctionState before, Path next, IOException cause) {
        try {
            disk.write(next, StateJson.write(name, before));
            disk.move(next, folder.resolve(STATE));
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

    private void make() throws IOException {
        if (!made) {
            disk.createDirectory(folder);
            disk.force(functions);
            made = true;
        }
    }

    private FunctionState read(Path file) {
        StateJson.Head head = parse(file, bytes -> StateJson.readHead(name, bytes));
        if (head.releases().isEmpty()) {
            return new FunctionState(head.next(), Optional.empty());
        }
        SortedMap<Integer, Release> releases = new TreeMap<>();
        for (int number : head.releases()) {
            Path release = releaseFile(number);
            releases.put(
                    number, parse(release, bytes -> StateJson.readRelease(name, number, bytes)));
        }
        return parse(
                file,
                _ ->
                        new FunctionState(
                                head.next(),
                                Optional.of(
                                        new DeployedFunction(
                                                name, releases, head.aliases(), head.previous()))));
    }

    private <T> T parse(Path file, Parser<T> parser) {
        try {
            return parser.parse(Files.readAllBytes(file));
        } catch (IOException | RuntimeException e) {
            throw new FileStoreException(
                    """
                    %s cannot be read: %s. Put it back from a backup; or move the folder %s away,\
                     start again and deploy the function %s anew\
                    """
                            .formatted(file, reason(e), folder, name),
                    e);
        }
    }

    private static String reason(Exception e) {
        return e instanceof NoSuchFileException
                ? "it is missing"
                : Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    private Set<Path> filesOf(FunctionState state) {
        Set<Path> files = new HashSet<>(Set.of(folder.resolve(STATE)));
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

    private Path releaseFile(int number) {
        return folder.resolve("release-" + number + ".json");
    }

    private interface Parser<T> {
        T parse(byte[] bytes);
    }
}
