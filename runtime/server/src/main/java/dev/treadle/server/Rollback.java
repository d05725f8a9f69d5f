package dev.treadle.server;

import dev.treadle.registry.Split;
import dev.treadle.registry.Versioned;
import dev.treadle.server.admin.ApiException;
import dev.treadle.trigger.ErrorCode;
import java.util.OptionalInt;

/** Where {@code live} goes back to. */
final class Rollback {
    private Rollback() {}

    /**
     * @param to a certain release; empty for where live pointed before its last move
     */
    static Split of(Versioned<?> deployed, OptionalInt to) {
        if (to.isPresent()) {
            return Split.all(to.getAsInt());
        }
        return deployed.previous()
                .orElseThrow(
                        () ->
                                new ApiException(
                                        ErrorCode.IN_USE,
                                        "%s has nothing to roll back to: live has not moved yet"
                                                .formatted(deployed.name())));
    }
}
