package dev.treadle.registry;

/** Which events of a trigger wait for one another. */
public sealed interface Ordering {
    /** None: as they come. */
    record None() implements Ordering {}

    /** Events with the same key; those of different keys run side by side. */
    record Key(KeySource source) implements Ordering {}

    /** All: one at a time in the stream's order. */
    record Strict() implements Ordering {}

    /** Where an event's key is found. */
    sealed interface KeySource {
        /** The whole NATS subject. */
        record Subject() implements KeySource {}

        /** A token of the NATS subject, counted from 1. */
        record Token(int position) implements KeySource {}

        /** A CloudEvents attribute, such as {@code partitionkey}. */
        record Attribute(String name) implements KeySource {}

        /** A header of the message. */
        record Header(String name) implements KeySource {}
    }
}
