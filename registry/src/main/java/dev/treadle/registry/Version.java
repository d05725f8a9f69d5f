package dev.treadle.registry;

import java.time.Instant;

/** One numbered release of something, which never changes. */
public sealed interface Version permits Release, ModelRelease {
    /** Counted from 1, never used again. */
    int number();

    /** Its bytes. */
    Digest artifact();

    Instant created();

    /** {@code v7}. */
    default String label() {
        return "v" + number();
    }
}
