package dev.treadle.server;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The parts of a node that are to be closed, in the order in which they were made: the last is
 * closed first, so that no part loses what it stands on. For one thread.
 */
final class Closing implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Node.class.getName());

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Takes a part that has just been made. */
    <T extends AutoCloseable> T with(T part) {
        parts.push(part);
        return part;
    }

    /** Takes what follows a part's changes from now on. */
    void also(AutoCloseable watch) {
        parts.push(watch);
    }

    /** Closes all; one that fails does not keep the others open. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.ERROR, "stopping: a part did not close", e);
            }
        }
    }
}
