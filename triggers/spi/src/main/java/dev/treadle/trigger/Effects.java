package dev.treadle.trigger;

/** What becomes of what an invocation does to the world outside. */
public sealed interface Effects {
    /** Those of an ordinary invocation. */
    Effects REAL = new Real();

    /** They are done. */
    record Real() implements Effects {}

    /**
     * They are told instead of done: a dry run. They hold for the functions that the invocation
     * calls, too.
     *
     * @param publishes takes what would have been published; safe for threads
     * @param changes takes what would have been changed in stores
     */
    record Captured(Publisher publishes, Changes changes) implements Effects {}
}
