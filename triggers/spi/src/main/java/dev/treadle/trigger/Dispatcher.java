package dev.treadle.trigger;

/** Runs functions for triggers. Safe for threads. */
public interface Dispatcher {
    /**
     * Runs one invocation on the calling thread and returns when it has ended, or, for a {@link
     * Outcome.Streaming} answer, when its body may be written.
     *
     * @return what became of it; never an exception for what the function or the caller did
     */
    Outcome dispatch(InvocationRequest request);

    /**
     * An invocation id, for triggers that must know it before they dispatch: 26 characters, unique,
     * sorting by time.
     */
    String newInvocationId();
}
