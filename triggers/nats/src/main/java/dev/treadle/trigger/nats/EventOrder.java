package dev.treadle.trigger.nats;

/** Which events of a trigger wait for one another. */
public sealed interface EventOrder {
    /** None: as they come. */
    record None() implements EventOrder {}

    /** Events with the same key; those of different keys run side by side. */
    record Key(EventKey key) implements EventOrder {}

    /** All: one at a time in the stream's order. */
    record Strict() implements EventOrder {}
}
