package dev.treadle.registry;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Releases and the aliases that point at them, at one moment.
 *
 * @param <R> what a release is
 */
public sealed interface Versioned<R extends Version> permits DeployedFunction, DeployedModel {
    /** The alias that counts where none is named. */
    String LIVE = "live";

    Name name();

    /** By number; never empty. */
    SortedMap<Integer, R> releases();

    SortedMap<String, Split> aliases();

    /** Where {@code live} pointed before its last move, for a rollback. */
    Optional<Split> previous();

    /** What {@code live} points at; empty when nothing is live. */
    default Optional<Split> live() {
        return Optional.ofNullable(aliases().get(LIVE));
    }

    default R newest() {
        return releases().lastEntry().getValue();
    }

    /**
     * One that is there, as every release that an alias points at is.
     *
     * @throws NoSuchElementException when it is not
     */
    default R release(int number) {
        return Optional.ofNullable(releases().get(number))
                .orElseThrow(() -> new NoSuchElementException(name().value() + "@v" + number));
    }

    /** Every alias points at what is there. */
    static void check(Name name, Map<Integer, ?> releases, Map<String, Split> aliases) {
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
}
