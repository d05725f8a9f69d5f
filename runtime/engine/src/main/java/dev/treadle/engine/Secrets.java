package dev.treadle.engine;

import java.util.Optional;

/** Where secrets come from. Safe for threads. */
@FunctionalInterface
public interface Secrets {
    /** The secret's value now. */
    Optional<String> get(String key);
}
