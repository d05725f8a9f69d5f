package dev.treadle.registry.files;

import static dev.treadle.registry.RegistryException.Reason.ILLEGAL_ALIAS;
import static dev.treadle.registry.RegistryException.Reason.IN_USE;
import static dev.treadle.registry.RegistryException.Reason.UNKNOWN_ALIAS;
import static dev.treadle.registry.RegistryException.Reason.UNKNOWN_RELEASE;
import static dev.treadle.registry.Versioned.LIVE;

import dev.treadle.registry.FunctionName;
import dev.treadle.registry.RegistryException;
import dev.treadle.registry.Split;
import dev.treadle.registry.Version;
import dev.treadle.registry.Versioned;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a function or model looks like after a change. Pure.
 *
 * @param kind which of the two
 */
record Changes<R extends Version, D extends Versioned<R>>(Kind<R, D> kind) {
    private static final Pattern RELEASE_LABEL = Pattern.compile("v[0-9]+");

    static void requireLegalAlias(String alias) {
        if (!FunctionName.isLegal(alias) || RELEASE_LABEL.matcher(alias).matches()) {
            throw new RegistryException(
                    ILLEGAL_ALIAS,
                    "'%s' is not an alias: use a-z, 0-9 and inner hyphens, 63 characters at most, and not v1, v2, …"
                            .formatted(alias));
        }
    }

    /** Adds a release, points the alias at it, and drops the oldest that nothing points at. */
    D add(String name, Optional<D> before, R release, String alias, int keep) {
        SortedMap<Integer, R> releases = new TreeMap<>();
        before.ifPresent(b -> releases.putAll(b.releases()));
        releases.put(release.number(), release);
        SortedMap<String, Split> aliases = new TreeMap<>();
        before.ifPresent(b -> aliases.putAll(b.aliases()));
        aliases.put(alias, Split.all(release.number()));
        Optional<Split> previous =
                alias.equals(LIVE)
                        ? before.flatMap(b -> b.live().or(b::previous))
                        : before.flatMap(Versioned::previous);
        return prune(name, releases, aliases, previous, keep);
    }

    private D prune(
            String name,
            SortedMap<Integer, R> releases,
            SortedMap<String, Split> aliases,
            Optional<Split> previous,
            int keep) {
        Set<Integer> needed = new HashSet<>(Set.of(releases.lastKey()));
        aliases.values().forEach(split -> needed.addAll(split.weights().keySet()));
        previous.ifPresent(split -> needed.addAll(split.weights().keySet()));
        SortedMap<Integer, R> kept = new TreeMap<>(releases);
        int surplus = kept.size() - keep;
        for (int number : releases.keySet()) {
            if (surplus-- <= 0) {
                break;
            }
            if (!needed.contains(number)) {
                kept.remove(number);
            }
        }
        return kind.of(name, kept, aliases, previous);
    }

    D setAlias(D before, String alias, Split split) {
        for (int number : split.weights().keySet()) {
            if (!before.releases().containsKey(number)) {
                throw new RegistryException(
                        UNKNOWN_RELEASE,
                        "%s has no release v%d; the newest is %s"
                                .formatted(before.name(), number, before.newest().label()));
            }
        }
        if (split.equals(before.aliases().get(alias))) {
            return before;
        }
        SortedMap<String, Split> aliases = new TreeMap<>(before.aliases());
        aliases.put(alias, split);
        Optional<Split> previous =
                alias.equals(LIVE) ? before.live().or(before::previous) : before.previous();
        return kind.of(before.name().value(), before.releases(), aliases, previous);
    }

    D removeAlias(D before, String alias) {
        if (alias.equals(LIVE)) {
            throw new RegistryException(
                    IN_USE,
                    "the alias live cannot be removed; delete the %s, or point live elsewhere"
                            .formatted(kind.word()));
        }
        SortedMap<String, Split> aliases = new TreeMap<>(before.aliases());
        if (aliases.remove(alias) == null) {
            throw new RegistryException(
                    UNKNOWN_ALIAS,
                    "%s has no alias '%s'; it has %s"
                            .formatted(
                                    before.name(),
                                    alias,
                                    String.join(", ", before.aliases().keySet())));
        }
        return kind.of(before.name().value(), before.releases(), aliases, before.previous());
    }
}
