package dev.treadle.bindings;

import dev.treadle.Invocation;
import dev.treadle.Kv;
import dev.treadle.bindings.kv.BoundKv;
import dev.treadle.bindings.kv.CachedKv;
import dev.treadle.bindings.kv.DryKv;
import dev.treadle.bindings.kv.KvProvider;
import dev.treadle.bindings.kv.KvStore;
import dev.treadle.bindings.kv.WatchedKv;
import dev.treadle.registry.BindingSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keys and values that a release binds under a name. */
record OpenKv(
        String name,
        BindingSpec.Kv spec,
        Place<KvProvider> place,
        WatchedKv store,
        BindingMeter meter) {
    /**
     * @param dry null when writes are real
     */
    Kv at(Invocation call, @Nullable DryRun dry) {
        Guard guard = place.guard(name, meter, call);
        if (dry != null) {
            return new BoundKv(dry(dry), guard, spec.ttl());
        }
        BoundKv bound = new BoundKv(store, guard, spec.ttl());
        return spec.cached().isEmpty() ? bound : cached(bound, spec.cached().get());
    }

    private Kv cached(BoundKv bound, Duration ageMax) {
        return new CachedKv(bound, spec.store(), store.cache(), ageMax, meter::cached);
    }

    private KvStore dry(DryRun run) {
        DryKv.Written written =
                run.seen("kv " + spec.store(), DryKv.Written.class, DryKv.Written::new);
        return new DryKv(store, written, change -> run.told(name, change));
    }
}
