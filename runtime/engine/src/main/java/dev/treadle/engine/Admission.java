package dev.treadle.engine;

import dev.treadle.trigger.ErrorCode;

/** Whether a call gets a place in its release, and why not. */
enum Admission {
    IN,
    FULL,
    LATE,
    /** The calls that wait for this one hold all the places: it would wait for itself. */
    CIRCLE,
    /** The release is gone; the alias has to be asked again. */
    CLOSED;

    /**
     * Waits for a place. A call from outside waits until its deadline. A call of another function
     * waits half as long: two that wait for each other's places then fail while there is time to
     * say so.
     */
    static Admission of(Running call) {
        FunctionInstance instance = call.instance;
        if (call.parent != null && call.ancestorsIn(instance) >= instance.limits().concurrency()) {
            return CIRCLE;
        }
        if (call.parent != null && call.remaining().isZero()) {
            return LATE; // its caller's time has run out while it was loaded
        }
        return switch (instance.gate().enter(patience(call))) {
            case IN -> IN;
            case FULL -> FULL;
            case LATE -> LATE;
            case CLOSED -> CLOSED;
        };
    }

    private static long patience(Running call) {
        long deadline = call.deadlineNanos();
        return call.parent == null ? deadline : deadline - call.allowed().dividedBy(2).toNanos();
    }

    ErrorCode code() {
        return this == LATE ? ErrorCode.QUEUE_TIMEOUT : ErrorCode.FUNCTION_BUSY;
    }

    /** For the caller of one that did not get in. */
    String reason(Running call) {
        FunctionInstance instance = call.instance;
        int concurrency = instance.limits().concurrency();
        return switch (this) {
            case FULL ->
                    "%s runs %d calls and %d wait, as many as limits.concurrency and limits.queue allow"
                            .formatted(instance.function(), concurrency, instance.limits().queue());
            case LATE ->
                    call.parent == null
                            ? "The call waited for one of the %d places (limits.concurrency) of %s until limits.timeout, %d ms"
                                    .formatted(
                                            concurrency,
                                            instance.function(),
                                            instance.limits().timeout().toMillis())
                            : "The call waited for one of the %d places (limits.concurrency) of %s for half of the %d ms it had; %s holds a place of its own meanwhile"
                                    .formatted(
                                            concurrency,
                                            instance.function(),
                                            call.allowed().toMillis(),
                                            call.parent.function());
            case CIRCLE ->
                    "%s would wait for itself: calls that wait for this one hold all of its places, which are %d (limits.concurrency)"
                            .formatted(instance.function(), concurrency);
            case IN, CLOSED -> throw new IllegalStateException("not refused: " + this);
        };
    }
}
