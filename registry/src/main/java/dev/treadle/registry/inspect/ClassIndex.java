package dev.treadle.registry.inspect;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The classes of an artifact, and how they hang together. For one thread. */
final class ClassIndex {
    private final Map<String, ClassFacts> own;
    private final Supplier<Map<String, ClassFacts>> libraries;
    private @Nullable Map<String, ClassFacts> loadedLibraries;

    ClassIndex(Map<String, ClassFacts> own, Supplier<Map<String, ClassFacts>> libraries) {
        this.own = own;
        this.libraries = libraries;
    }

    /** The classes that are not in a library. */
    Collection<ClassFacts> own() {
        return own.values();
    }

    Optional<ClassFacts> find(String name) {
        ClassFacts found = own.get(name);
        if (found != null || name.startsWith("java.")) {
            return Optional.ofNullable(found);
        }
        if (loadedLibraries == null) {
            loadedLibraries = libraries.get();
        }
        return Optional.ofNullable(loadedLibraries.get(name));
    }

    /** What makes a class a handler; the first of several kinds, in the kinds' order. */
    Optional<HandlerKind> kind(ClassFacts facts) {
        Set<HandlerKind> kinds = new HashSet<>();
        collect(facts, kinds, new HashSet<>());
        return kinds.stream().min(HandlerKind::compareTo);
    }

    private void collect(ClassFacts facts, Set<HandlerKind> kinds, Set<String> seen) {
        for (String supertype : facts.supertypes()) {
            if (seen.add(supertype)) {
                Optional<HandlerKind> kind = HandlerKind.ofInterface(supertype);
                if (kind.isPresent()) {
                    kinds.add(kind.get());
                } else {
                    find(supertype).ifPresent(found -> collect(found, kinds, seen));
                }
            }
        }
    }
}
