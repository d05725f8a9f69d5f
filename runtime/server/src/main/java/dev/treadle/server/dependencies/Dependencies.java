package dev.treadle.server.dependencies;

import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Requirement;
import dev.treadle.trigger.ErrorCode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What this node's functions depend on, and how it fares. Functions that declare the same share one
 * watch. Safe for threads.
 */
public final class Dependencies implements AutoCloseable {
    private final Looks looks;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** By function; guarded by this, as what follows. */
    private final Map<String, List<Requirement>> required = new HashMap<>();

    private final Map<Requirement, DependencyWatch> watches = new HashMap<>();
    private boolean closed;

    /**
     * Nothing is watched yet.
     *
     * @param notCallable why a function on this node cannot be called; empty when it can
     */
    public Dependencies(
            Function<FunctionName, Optional<String>> notCallable,
            InstantSource clock,
            RandomGenerator random) {
        this.looks = new Looks(notCallable);
        this.clock = clock;
        this.random = random;
    }

    /** How one of a function's dependencies fares. */
    public record Status(String function, Requirement requirement, DependencyState state) {}

    /** Calls {@code listener} with a function's name after a change that concerns it. */
    public void watch(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** What a function depends on from now on. */
    public synchronized void set(String function, List<Requirement> requires) {
        if (closed) {
            return;
        }
        if (requires.isEmpty()) {
            required.remove(function);
        } else {
            required.put(function, List.copyOf(requires));
        }
        Set<Requirement> wanted = new HashSet<>();
        required.values().forEach(wanted::addAll);
        watches.entrySet()
                .removeIf(
                        each -> {
                            boolean gone = !wanted.contains(each.getKey());
                            if (gone) {
                                each.getValue().close();
                            }
                            return gone;
                        });
        wanted.forEach(each -> watches.computeIfAbsent(each, this::begin));
    }

    private DependencyWatch begin(Requirement requirement) {
        DependencyWatch watch =
                new DependencyWatch(
                        requirement,
                        looks.at(requirement.target()),
                        this::changed,
                        clock,
                        random,
                        Thread::sleep);
        watch.start();
        return watch;
    }

    private void changed(Requirement requirement) {
        List<String> concerned = new ArrayList<>();
        synchronized (this) {
            required.forEach(
                    (function, requires) -> {
                        if (requires.contains(requirement)) {
                            concerned.add(function);
                        }
                    });
        }
        concerned.forEach(function -> listeners.forEach(listener -> listener.accept(function)));
    }

    /** Why a function's events are to wait; empty when all that it depends on is up. */
    public Optional<String> obstacle(String function) {
        return statuses(function).stream().flatMap(each -> obstacle(each).stream()).findFirst();
    }

    private static Optional<String> obstacle(Status status) {
        return switch (status.state()) {
            case DependencyState.Up _ -> Optional.empty();
            case DependencyState.Unknown _ ->
                    Optional.of(
                            "dependency %s has not answered yet".formatted(status.requirement()));
            case DependencyState.Down(var since, String reason) ->
                    Optional.of(
                            "dependency %s down since %s: %s (%s)"
                                    .formatted(
                                            status.requirement(),
                                            since.truncatedTo(ChronoUnit.SECONDS),
                                            reason,
                                            ErrorCode.DEPENDENCY_DOWN.id()));
        };
    }

    /** Of one function, in the manifest's order. */
    public synchronized List<Status> statuses(String function) {
        return required.getOrDefault(function, List.of()).stream()
                .flatMap(
                        each ->
                                Optional.ofNullable(watches.get(each)).stream()
                                        .map(watch -> new Status(function, each, watch.state())))
                .toList();
    }

    /** Of all functions. */
    public synchronized List<Status> statuses() {
        return required.keySet().stream()
                .sorted()
                .flatMap(function -> statuses(function).stream())
                .toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
        watches.values().forEach(DependencyWatch::close);
        watches.clear();
        looks.close();
    }
}
