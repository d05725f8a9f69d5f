package dev.treadle.registry.files;

import dev.treadle.registry.Versioned;
import java.util.Optional;

/**
 * What the store knows of a name.
 *
 * @param next the number of the next release
 * @param deployed empty when it was deleted, or never there
 */
record SlotState<D extends Versioned<?>>(int next, Optional<D> deployed) {
    static <D extends Versioned<?>> SlotState<D> neverThere() {
        return new SlotState<>(1, Optional.empty());
    }
}
