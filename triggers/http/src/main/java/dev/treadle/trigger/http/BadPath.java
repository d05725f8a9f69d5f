package dev.treadle.trigger.http;

import java.io.Serial;

/** A request's path is badly encoded, or climbs. */
final class BadPath extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    BadPath(String message) {
        super(message);
    }
}
