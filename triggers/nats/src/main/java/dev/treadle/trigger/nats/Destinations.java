package dev.treadle.trigger.nats;

import java.util.Optional;

/**
 * Where outcomes go.
 *
 * @param onSuccess those of what was done
 * @param onFailure those of what was given up
 */
public record Destinations(Optional<Destination> onSuccess, Optional<Destination> onFailure) {
    public static final Destinations NONE = new Destinations(Optional.empty(), Optional.empty());

    Optional<Destination> of(boolean succeeded) {
        return succeeded ? onSuccess : onFailure;
    }
}
