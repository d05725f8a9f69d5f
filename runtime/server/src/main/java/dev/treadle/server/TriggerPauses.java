package dev.treadle.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which triggers are paused, across restarts: one file {@code FUNCTION.TRIGGER} each, with the time
 * of the pause. Safe for threads.
 */
public final class TriggerPauses {
    private final Path folder;
    private final InstantSource clock;
    private final Map<String, Set<String>> paused = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** Reads what is paused; the folder is made when there is none. */
    TriggerPauses(Path folder, InstantSource clock) throws IOException {
        this.folder = folder;
        this.clock = clock;
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString().split("\\.", 2))
                    .filter(name -> name.length == 2)
                    .forEach(name -> add(name[0], name[1]));
        }
    }

    /** The names of a function's triggers that are paused. */
    public Set<String> of(String function) {
        return paused.getOrDefault(function, Set.of());
    }

    /** Calls {@code listener} with the function's name after each change. */
    public void watch(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Pauses a trigger, or lets it go on. */
    public void set(String function, String trigger, boolean pause) {
        synchronized (this) {
            if (pause) {
                write(function, trigger);
                add(function, trigger);
            } else {
                remove(function, trigger);
            }
        }
        listeners.forEach(listener -> listener.accept(function));
    }

    /** Forgets a function that is no longer there. */
    public synchronized void forget(String function) {
        of(function).forEach(trigger -> remove(function, trigger));
    }

    private void add(String function, String trigger) {
        Set<String> triggers = new TreeSet<>(of(function));
        triggers.add(trigger);
        paused.put(function, Set.copyOf(triggers));
    }

    private void write(String function, String trigger) {
        try {
            OwnerFiles.write(file(function, trigger), clock.instant() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the pause cannot be kept", e);
        }
    }

    private void remove(String function, String trigger) {
        try {
            Files.deleteIfExists(file(function, trigger));
        } catch (IOException e) {
            throw new UncheckedIOException("the pause cannot be taken back", e);
        }
        paused.put(
                function,
                of(function).stream()
                        .filter(other -> !other.equals(trigger))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private Path file(String function, String trigger) {
        return folder.resolve(function + "." + trigger);
    }
}
