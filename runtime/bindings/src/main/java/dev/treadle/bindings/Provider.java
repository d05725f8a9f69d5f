package dev.treadle.bindings;

import java.util.Optional;

/** What stands behind stores of one kind. Safe for threads. */
public interface Provider extends AutoCloseable {
    /** For people, without secrets: {@code redis at cache:6379}. */
    String text();

    /** The provider's name as the node's configuration has it: {@code redis}. */
    String name();

    /**
     * Looks whether it can be used now; takes a few seconds at most.
     *
     * @return why not; empty when it can
     */
    Optional<String> trouble();

    /** Whether its calls ask for {@link CallTrace#headers}. */
    default boolean passesTrace() {
        return false;
    }

    @Override
    void close();
}
