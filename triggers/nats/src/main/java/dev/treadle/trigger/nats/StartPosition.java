package dev.treadle.trigger.nats;

import java.time.Instant;

/** Where in a stream a new consumer begins. */
public sealed interface StartPosition {
    /** With the first event that arrives from now on. */
    record New() implements StartPosition {}

    /** With the first event that the stream still has. */
    record All() implements StartPosition {}

    /** With this sequence number. */
    record Sequence(long number) implements StartPosition {}

    /** With the first event that arrived at this time or later. */
    record Time(Instant time) implements StartPosition {}
}
