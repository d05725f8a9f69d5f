package dev.treadle.bindings;

import dev.treadle.Invocation;
import dev.treadle.Kv;
import dev.treadle.bindings.kv.BoundKv;
import dev.treadle.bindings.kv.DryKv;
import dev.treadle.bindings.kv.KvProvider;
import dev.treadle.bindings.kv.KvStore;
import dev.treadle.registry.BindingSpec;
import org.jspecify.annotations.Nullable;

/** Keys and values that a release binds under a name. */
record OpenKv(
        String name,
        BindingSpec.Kv spec,
        Place<KvProvider> place,
        KvStore store,
        BindingMeter meter) {
    /**
     * @param dry null when writes are real
     */
    Kv at(Invocation call, @Nullable DryRun dry) {
        Guard guard = place.guard(name, meter, call);
        return new BoundKv(dry == null ? store : dry(dry), guard, spec.ttl());
    }

    private KvStore dry(DryRun run) {
        DryKv.Written written =
                run.seen("kv " + spec.store(), DryKv.Written.class, DryKv.Written::new);
        return new DryKv(store, written, change -> run.told(name, change));
    }
}
