package dev.treadle.registry;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model's releases and aliases at one moment.
 *
 * @param name the model
 * @param releases by number; never empty
 * @param aliases by name; {@code live} is what functions run
 * @param previous where {@code live} pointed before its last move, for a rollback
 */
public record DeployedModel(
        ModelName name,
        SortedMap<Integer, ModelRelease> releases,
        SortedMap<String, Split> aliases,
        Optional<Split> previous)
        implements Versioned<ModelRelease> {
    public DeployedModel {
        releases = Collections.unmodifiableSortedMap(new TreeMap<>(releases));
        aliases = Collections.unmodifiableSortedMap(new TreeMap<>(aliases));
        Versioned.check(name, releases, aliases);
    }
}
