package dev.treadle.server.pauses;

import dev.treadle.server.OwnerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which triggers are paused, as far as this node knows, across restarts: one file {@code
 * FUNCTION.TRIGGER} each. Word of a trigger that goes on again is kept as well, so that it can be
 * told to nodes that still believe otherwise. Safe for threads.
 */
public final class TriggerPauses {
    private static final System.Logger LOG = System.getLogger(TriggerPauses.class.getName());

    private final Path folder;
    private final InstantSource clock;
    private final Map<Pause.Key, Pause> known = new ConcurrentHashMap<>();
    private final List<Consumer<Pause.Key>> listeners = new CopyOnWriteArrayList<>();

    /** Reads what is known; the folder is made when there is none. */
    public TriggerPauses(Path folder, InstantSource clock) throws IOException {
        this.folder = folder;
        this.clock = clock;
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                read(file);
            }
        }
    }

    private void read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!Pause.Key.isLegal(name)) {
            return;
        }
        try {
            known.put(Pause.Key.parse(name), Pause.parse(Files.readString(file)));
        } catch (IllegalArgumentException e) {
            // Somebody meant to pause it: the safe side.
            Instant at = Files.getLastModifiedTime(file).toInstant();
            known.put(Pause.Key.parse(name), new Pause(true, at, "", "the pause is unreadable"));
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be read: it counts as paused", file);
        }
    }

    /** A function's triggers that are paused, by their names. */
    public Map<String, Pause> of(String function) {
        Map<String, Pause> paused = new HashMap<>();
        known.forEach(
                (key, pause) -> {
                    if (pause.paused() && key.function().equals(function)) {
                        paused.put(key.trigger(), pause);
                    }
                });
        return paused;
    }

    /** Calls {@code listener} after each change. */
    public void watch(Consumer<Pause.Key> listener) {
        listeners.add(listener);
    }

    /** Pauses a trigger, or lets it go on; returns when the word is kept. */
    public void set(Pause.Key key, boolean pause, String by, String reason) {
        synchronized (this) {
            keep(key, new Pause(pause, now(key), by, reason));
        }
        tell(key);
    }

    /** Later than what is known, however much another node's clock is ahead. */
    private Instant now(Pause.Key key) {
        Instant now = clock.instant();
        return get(key).map(Pause::at)
                .filter(last -> !last.isBefore(now))
                .map(last -> last.plus(Duration.ofMillis(1)))
                .orElse(now);
    }

    /** Hears another node's word; it counts when it is the younger one. */
    void learn(Pause.Key key, Pause theirs) {
        synchronized (this) {
            Pause ours = known.get(key);
            if (ours != null && !theirs.isYoungerThan(ours)) {
                return;
            }
            keep(key, theirs);
        }
        LOG.log(System.Logger.Level.INFO, "{0} of {1}: {2}", key.trigger(), key.function(), theirs);
        tell(key);
    }

    /** Lets the triggers of a function that is no longer there go on, should it come again. */
    public void forget(String function) {
        of(function)
                .keySet()
                .forEach(
                        trigger ->
                                set(
                                        new Pause.Key(function, trigger),
                                        false,
                                        "",
                                        "the function was deleted"));
    }

    Optional<Pause> get(Pause.Key key) {
        return Optional.ofNullable(known.get(key));
    }

    Set<Pause.Key> keys() {
        return Set.copyOf(known.keySet());
    }

    private void keep(Pause.Key key, Pause pause) {
        try {
            OwnerFiles.write(folder.resolve(key.text()), pause.json());
        } catch (IOException e) {
            throw new UncheckedIOException("the pause cannot be kept", e);
        }
        known.put(key, pause);
    }

    private void tell(Pause.Key key) {
        listeners.forEach(listener -> listener.accept(key));
    }
}
