package dev.treadle;

import java.time.Duration;
import java.util.Objects;

/**
 * A function that was called did not do what it was called for. Whoever calls may catch this and
 * act on it. Not caught, it fails the caller: under the same code where the called function, a
 * limit, the platform or something external is at fault; as a failure of the caller itself where
 * the call was wrong ({@link Owner#CALLER}). An event is then tried again unless {@link
 * #permanent()}.
 */
public class CallFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String function;
    private final String code;
    private final String detail;
    private final Owner owner;
    private final int status;
    private final boolean permanent;
    private final Duration pause;

    /** Who can mend it. */
    public enum Owner {
        /** The function that called: a payload that does not fit, a name that is not there. */
        CALLER,
        /** The function that was called. */
        FUNCTION,
        /** Nobody at once: a limit has been reached. */
        CAPACITY,
        /** The platform. */
        PLATFORM,
        /** Something else that the called function depends on, or the functions together. */
        EXTERNAL
    }

    /**
     * The platform makes these; tests may.
     *
     * @param function what was called, e.g. {@code price} or {@code price@v3}
     * @param code the error code, e.g. {@code TR-2001}
     * @param status the HTTP status that says the same, 400 to 599
     * @param detail what went wrong, without the code
     * @param permanent whether calling again is pointless
     * @param pause how long to wait before calling again; zero when nobody asked for a pause
     */
    public CallFailed(
            String function,
            String code,
            Owner owner,
            int status,
            String detail,
            boolean permanent,
            Duration pause) {
        super(code + " " + detail);
        this.function = Objects.requireNonNull(function);
        this.code = code;
        this.detail = detail;
        this.owner = Objects.requireNonNull(owner);
        this.status = status;
        this.permanent = permanent;
        this.pause = Objects.requireNonNull(pause);
    }

    /** What was called, as the caller wrote it. */
    public String function() {
        return function;
    }

    /** The error code, e.g. {@code TR-2001}; each has a page. */
    public String code() {
        return code;
    }

    /** What went wrong: the message without the code. */
    public String detail() {
        return detail;
    }

    /** Who can mend it. */
    public Owner owner() {
        return owner;
    }

    /** The HTTP status that an HTTP caller of the called function would have got. */
    public int status() {
        return status;
    }

    /** Whether calling again with the same payload is pointless. */
    public boolean permanent() {
        return permanent;
    }

    /** How long to wait before calling again; zero when nobody asked for a pause. */
    public Duration pause() {
        return pause;
    }
}
