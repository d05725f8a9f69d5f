package dev.treadle.engine;

import java.util.Optional;

/**
 * How one release fares on this node.
 *
 * @param loaded whether it is in memory
 * @param failure why it could not be loaded the last time it was tried
 * @param inFlight calls that run
 * @param waiting calls that wait for their turn
 * @param meters what it has done so far
 */
public record ReleaseState(
        boolean loaded,
        Optional<LoadFailure> failure,
        int inFlight,
        int waiting,
        FunctionMeters meters) {

    static ReleaseState of(ReleaseSlot slot) {
        FunctionInstance instance = slot.loaded();
        return new ReleaseState(
                instance != null,
                Optional.ofNullable(slot.failure()),
                instance == null ? 0 : instance.gate().inside(),
                instance == null ? 0 : instance.gate().waiting(),
                slot.meters());
    }
}
