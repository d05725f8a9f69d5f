package dev.treadle.registry;

import java.util.Collections;
import java.util.Map;
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
        Optional<Split> previous) {
    /** The alias that triggers call. */
    public static final String LIVE = "live";

    public DeployedFunction {
        releases = Collections.unmodifiableSortedMap(new TreeMap<>(releases));
        aliases = Collections.unmodifiableSortedMap(new TreeMap<>(aliases));
        for (Map.Entry<String, Split> alias : aliases.entrySet()) {
            for (int number : alias.getValue().weights().keySet()) {
                if (!releases.containsKey(number)) {
                    throw new IllegalArgumentException(
                            "alias %s of %s points at v%d, which is not there"
                                    .formatted(alias.getKey(), name, number));
                }
            }
        }
    }

    /** What {@code live} points at; empty when nothing is live. */
    public Optional<Split> live() {
        return Optional.ofNullable(aliases.get(LIVE));
    }

    public Release newest() {
        return releases.lastEntry().getValue();
    }
}
