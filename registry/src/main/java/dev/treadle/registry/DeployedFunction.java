package dev.treadle.registry;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A function's releases and aliases at one moment.
 *
 * @param name the function
 * @param releases by number; never empty
 * @param aliases by name; {@code live} is what triggers call
 * @param previous where {@code live} pointed before its last move, for a rollback
 */
public record DeployedFunction(
        FunctionName name,
        SortedMap<Integer, Release> releases,
        SortedMap<String, Split> aliases,
        Optional<Split> previous)
        implements Versioned<Release> {
    /** The alias that triggers call. */
    public static final String LIVE = Versioned.LIVE;

    public DeployedFunction {
        releases = Collections.unmodifiableSortedMap(new TreeMap<>(releases));
        aliases = Collections.unmodifiableSortedMap(new TreeMap<>(aliases));
        Versioned.check(name, releases, aliases);
    }
}
