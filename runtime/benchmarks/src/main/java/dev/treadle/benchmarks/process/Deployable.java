package dev.treadle.benchmarks.process;

import dev.treadle.registry.Digest;

/** What a node takes for a function: a jar and its manifest. */
public interface Deployable {
    String name();

    /** Its {@code function.yaml}. */
    String manifest();

    /** The jar. */
    byte[] bytes();

    /** The jar's. */
    Digest digest();
}
