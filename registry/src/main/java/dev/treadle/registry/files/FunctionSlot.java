package dev.treadle.registry.files;

import dev.treadle.registry.FunctionName;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** A name's state and files. All but the name is guarded by the lock that {@link #locked} takes. */
final class FunctionSlot {
    private final FunctionName name;
    private final FunctionFolder folder;
    private final ReentrantLock lock = new ReentrantLock();
    private FunctionState state = FunctionState.NEVER_THERE;

    FunctionSlot(FunctionName name, FunctionFolder folder) {
        this.name = name;
        this.folder = folder;
    }

    /** Reads the state from the disk. */
    FunctionState open() throws IOException {
        state = folder.open().orElse(FunctionState.NEVER_THERE);
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

    FunctionName name() {
        return name;
    }

    FunctionFolder folder() {
        return folder;
    }

    FunctionState state() {
        return state;
    }

    void state(FunctionState next) {
        state = next;
    }
}
