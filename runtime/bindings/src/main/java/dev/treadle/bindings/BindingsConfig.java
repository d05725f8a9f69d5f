package dev.treadle.bindings;

import dev.treadle.bindings.kv.KvSettings;
import java.util.Map;

/**
 * What is behind the stores of each kind on a node.
 *
 * @param kv keys and values
 */
public record BindingsConfig(StoreMap<KvSettings> kv) {
    /** Everything embedded. */
    public static BindingsConfig embedded() {
        return new BindingsConfig(
                new StoreMap<>(
                        new KvSettings(Capacity.DEFAULT, new KvSettings.RocksDb(false)), Map.of()));
    }
}
