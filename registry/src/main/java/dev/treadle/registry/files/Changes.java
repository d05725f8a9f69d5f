package dev.treadle.registry.files;

import static dev.treadle.registry.DeployedFunction.LIVE;
import static dev.treadle.registry.RegistryException.Reason.ILLEGAL_ALIAS;
import static dev.treadle.registry.RegistryException.Reason.IN_USE;
import static dev.treadle.registry.RegistryException.Reason.UNKNOWN_ALIAS;
import static dev.treadle.registry.RegistryException.Reason.UNKNOWN_RELEASE;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.RegistryException;
import dev.treadle.registry.Release;
import dev.treadle.registry.Split;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a function looks like after a change. Pure. */
final class Changes {
    private static final Pattern RELEASE_LABEL = Pattern.compile("v[0-9]+");

    private Changes() {}

    static void requireLegalAlias(String alias) {
        if (!FunctionName.isLegal(alias) || RELEASE_LABEL.matcher(alias).matches()) {
            throw new RegistryException(
                    ILLEGAL_ALIAS,
                    "'%s' is not an alias: use a-z, 0-9 and inner hyphens, 63 characters at most, and not v1, v2, …"
                            .formatted(alias));
        }
    }

    /** Adds a release, points the alias at it, and drops the oldest that nothing points at. */
    static DeployedFunction deploy(
            Optional<DeployedFunction> before, Release release, String alias, int keep) {
        SortedMap<Integer, Release> releases = new TreeMap<>();
        before.ifPresent(b -> releases.putAll(b.releases()));
        releases.put(release.number(), release);
        SortedMap<String, Split> aliases = new TreeMap<>();
        before.ifPresent(b -> aliases.putAll(b.aliases()));
        aliases.put(alias, Split.all(release.number()));
        Optional<Split> previous =
                alias.equals(LIVE)
                        ? before.flatMap(b -> b.live().or(b::previous))
                        : before.flatMap(DeployedFunction::previous);
        DeployedFunction after =
                new DeployedFunction(release.function(), releases, aliases, previous);
        return prune(after, keep);
    }

    private static DeployedFunction prune(DeployedFunction function, int keep) {
        Set<Integer> needed = new HashSet<>();
        function.aliases().values().forEach(split -> needed.addAll(split.weights().keySet()));
        function.previous().ifPresent(split -> needed.addAll(split.weights().keySet()));
        SortedMap<Integer, Release> kept = new TreeMap<>(function.releases());
        int surplus = kept.size() - keep;
        for (int number : function.releases().headMap(function.newest().number()).keySet()) {
            if (surplus-- <= 0) {
                break;
            }
            if (!needed.contains(number)) {
                kept.remove(number);
            }
        }
        return new DeployedFunction(function.name(), kept, function.aliases(), function.previous());
    }

    static DeployedFunction setAlias(DeployedFunction before, String alias, Split split) {
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
        return new DeployedFunction(before.name(), before.releases(), aliases, previous);
    }

    static DeployedFunction removeAlias(DeployedFunction before, String alias) {
        if (alias.equals(LIVE)) {
            throw new RegistryException(
                    IN_USE,
                    "the alias live cannot be removed; delete the function, or point live elsewhere");
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
        return new DeployedFunction(before.name(), before.releases(), aliases, before.previous());
    }
}
