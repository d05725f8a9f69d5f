package dev.treadle.registry;

import java.time.Instant;

/**
 * An immutable version of a function.
 *
 * @param number counted from 1, never used again
 * @param manifest what was declared
 * @param artifact the code
 * @param created when it was deployed
 */
public record Release(int number, Manifest manifest, Digest artifact, Instant created)
        implements Version {
    public Release {
        if (number < 1) {
            throw new IllegalArgumentException("a release number counts from 1: " + number);
        }
    }

    public FunctionName function() {
        return manifest.name();
    }

    @Override
    public String toString() {
        return function() + "@v" + number;
    }
}
