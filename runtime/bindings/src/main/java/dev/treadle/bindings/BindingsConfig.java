package dev.treadle.bindings;

import dev.treadle.bindings.blobs.BlobSettings;
import dev.treadle.bindings.kv.KvSettings;
import java.util.Map;

/**
 * What is behind the stores of each kind on a node.
 *
 * @param kv keys and values
 * @param blobs files of any size
 */
public record BindingsConfig(StoreMap<KvSettings> kv, StoreMap<BlobSettings> blobs) {
    /** Everything embedded. */
    public static BindingsConfig embedded() {
        return new BindingsConfig(
                all(new KvSettings(Capacity.DEFAULT, new KvSettings.RocksDb(false))),
                all(new BlobSettings(Capacity.DEFAULT, new BlobSettings.Directory())));
    }

    private static <S> StoreMap<S> all(S usual) {
        return new StoreMap<>(usual, Map.of());
    }
}
