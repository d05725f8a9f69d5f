package dev.treadle;

import java.util.Optional;

/** What a release has for as long as it is loaded. Safe for threads. */
public interface FunctionContext {
    /** The function's name. */
    String function();

    /** The release's number, counted from 1. */
    int release();

    /** A value of the manifest's {@code config}, or empty. */
    Optional<String> config(String key);

    /**
     * A secret that the manifest lists under {@code secrets}, as it is on this node now.
     *
     * @throws IllegalArgumentException when the manifest does not list it
     */
    Optional<String> secret(String key);

    /** The function's log. Lines written during a call carry its invocation id. */
    Log log();

    /** The platform's JSON reader and writer. */
    Json json();
}
