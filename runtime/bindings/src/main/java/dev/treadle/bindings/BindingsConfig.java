package dev.treadle.bindings;

import dev.treadle.bindings.blobs.BlobSettings;
import dev.treadle.bindings.kv.KvSettings;
import dev.treadle.bindings.model.ModelSettings;
import dev.treadle.bindings.search.SearchSettings;
import dev.treadle.bindings.table.TableSettings;
import dev.treadle.bindings.vectors.VectorSettings;
import java.util.Map;

/**
 * What is behind the stores of each kind on a node.
 *
 * @param kv keys and values
 * @param blobs files of any size
 * @param tables rows of typed columns
 * @param search documents that are found by their words
 * @param vectors vectors that are found by what is near
 * @param models what functions have inferred
 */
public record BindingsConfig(
        StoreMap<KvSettings> kv,
        StoreMap<TableSettings> tables,
        StoreMap<BlobSettings> blobs,
        StoreMap<SearchSettings> search,
        StoreMap<VectorSettings> vectors,
        StoreMap<ModelSettings> models) {
    /** With all models in the node. */
    public BindingsConfig(
            StoreMap<KvSettings> kv,
            StoreMap<TableSettings> tables,
            StoreMap<BlobSettings> blobs,
            StoreMap<SearchSettings> search,
            StoreMap<VectorSettings> vectors) {
        this(kv, tables, blobs, search, vectors, all(ModelSettings.OWN));
    }

    /** Everything embedded. */
    public static BindingsConfig embedded() {
        return new BindingsConfig(
                all(new KvSettings(Capacity.DEFAULT, new KvSettings.RocksDb(false))),
                all(new TableSettings(Capacity.DEFAULT, new TableSettings.RocksDb(false))),
                all(new BlobSettings(Capacity.DEFAULT, new BlobSettings.Directory())),
                all(new SearchSettings(Capacity.DEFAULT, SearchSettings.Lucene.DEFAULT)),
                all(new VectorSettings(Capacity.DEFAULT, VectorSettings.Lucene.DEFAULT)));
    }

    private static <S> StoreMap<S> all(S usual) {
        return new StoreMap<>(usual, Map.of());
    }
}
