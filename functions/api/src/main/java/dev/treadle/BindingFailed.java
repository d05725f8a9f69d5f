package dev.treadle;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a binding did not do what it was asked for. A write may have taken place all
 * the same. Not caught, it fails the invocation under its own code, and an event is tried again.
 */
public class BindingFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String binding;
    private final String provider;
    private final Reason reason;
    private final String detail;

    /** What kind of failure. */
    public enum Reason {
        /** It cannot be reached, or did not answer in time. */
        UNAVAILABLE("TR-5004", 503),
        /** It answered with an error. */
        FAILED("TR-5005", 502),
        /** As many calls of it as are allowed run and wait already. */
        BUSY("TR-3005", 503);

        private final String code;
        private final int status;

        Reason(String code, int status) {
            this.code = code;
            this.status = status;
        }

        /** The error code; each has a page. */
        public String code() {
            return code;
        }

        /** The HTTP status that says the same. */
        public int status() {
            return status;
        }
    }

    /**
     * The platform makes these; tests may.
     *
     * @param binding its name in the manifest
     * @param provider what stands behind it, e.g. {@code redis at cache:6379}
     * @param detail what happened
     */
    @SuppressWarnings("exports") // who reads the null annotations brings them along
    public BindingFailed(
            String binding,
            String provider,
            Reason reason,
            String detail,
            @Nullable Throwable cause) {
        super("%s binding %s (%s): %s".formatted(reason.code(), binding, provider, detail), cause);
        this.binding = Objects.requireNonNull(binding);
        this.provider = Objects.requireNonNull(provider);
        this.reason = Objects.requireNonNull(reason);
        this.detail = Objects.requireNonNull(detail);
    }

    /** The binding's name in the manifest. */
    public String binding() {
        return binding;
    }

    /** What stands behind it. */
    public String provider() {
        return provider;
    }

    /** What kind of failure. */
    public Reason reason() {
        return reason;
    }

    /** The error code, e.g. {@code TR-5004}; each has a page. */
    public String code() {
        return reason.code();
    }

    /** What happened: the message without code, binding and provider. */
    public String detail() {
        return detail;
    }
}
