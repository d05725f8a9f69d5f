package dev.treadle.bindings.kv;

import java.util.random.RandomGenerator;

/**
 * Numbers for writes, by chance: two writes of a key have the same one never in practice, on
 * whatever node they are made, also when the key was deleted in between. Safe for threads if the
 * chance is.
 */
final class Versions {
    private final RandomGenerator random;

    Versions(RandomGenerator random) {
        this.random = random;
    }

    long next() {
        long bits = random.nextLong();
        return bits == 0 ? 1 : bits;
    }
}
