package dev.treadle.engine;

import org.jspecify.annotations.Nullable;

/** The call that the current thread runs, for log lines and what functions print. */
final class CurrentCall {
    static final ScopedValue<Running> VALUE = ScopedValue.newInstance();

    private CurrentCall() {}

    static @Nullable Running get() {
        return VALUE.isBound() ? VALUE.get() : null;
    }
}
