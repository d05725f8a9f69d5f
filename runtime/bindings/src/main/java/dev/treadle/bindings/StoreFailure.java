package dev.treadle.bindings;

import dev.treadle.BindingFailed.Reason;
import org.jspecify.annotations.Nullable;

/** What a provider throws; who called it adds whose binding it was. */
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String detail;

    public StoreFailure(Reason reason, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.reason = reason;
        this.detail = detail;
    }

    public Reason reason() {
        return reason;
    }

    /** For people. */
    public String detail() {
        return detail;
    }
}
