package dev.treadle.bindings.kv;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;

/** What somebody else put into a store's place. */
final class Foreign {
    private Foreign() {}

    static StoreFailure value(String key) {
        return new StoreFailure(
                Reason.FAILED,
                "what stands under '%s' was not written by Treadle".formatted(key),
                null);
    }
}
