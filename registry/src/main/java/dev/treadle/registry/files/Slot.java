package dev.treadle.registry.files;

import dev.treadle.registry.Version;
import dev.treadle.registry.Versioned;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** A name's state and files. All but the name is guarded by the lock that {@link #locked} takes. */
final class Slot<R extends Version, D extends Versioned<R>> {
    private final String name;
    private final SlotFolder<R, D> folder;
    private final ReentrantLock lock = new ReentrantLock();
    private SlotState<D> state = SlotState.neverThere();

    Slot(String name, SlotFolder<R, D> folder) {
        this.name = name;
        this.folder = folder;
    }

    /** Reads the state from the disk. */
    SlotState<D> open() throws IOException {
        state = folder.open().orElseGet(SlotState::neverThere);
        return state;
    }

    <T> T locked(Operation<T> operation) throws IOException {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "a change of " + name + " was asked for within another");
        }
        lock.lock();
        try {
            return operation.run();
        } finally {
            lock.unlock();
        }
    }

    String name() {
        return name;
    }

    SlotFolder<R, D> folder() {
        return folder;
    }

    SlotState<D> state() {
        return state;
    }

    void state(SlotState<D> next) {
        state = next;
    }
}
