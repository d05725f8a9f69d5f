package dev.treadle.trigger.nats;

/** What a simulation can have wrong on purpose: each must be found out. */
enum Flaw {
    NONE,
    /** Dead letters are reported as stored and are not. */
    LOSES_LETTERS,
    /** Events are acknowledged when they arrive. */
    ACKS_ON_ARRIVAL,
    /** What is noted between attempts is lost. */
    LOSES_NOTES,
    /** More events are asked for than there are permits. */
    ASKS_FOR_TOO_MANY,
    /** A node that has no capacity counts it as a failure of the function. */
    COUNTS_REFUSALS,
    /** Events run side by side where a key's order is promised. */
    IGNORES_KEYS,
    /** The server is not told that an event is still worked on. */
    NEVER_PULSES,
    /** A node's clock is an hour slow. */
    SLOW_CLOCK,
    /** Attempts have no end. */
    NEVER_GIVES_UP
}
