package dev.treadle.bindings;

import dev.treadle.bindings.blobs.BlobFolder;
import dev.treadle.bindings.blobs.BlobProvider;
import dev.treadle.bindings.blobs.BlobProviders;
import dev.treadle.bindings.kv.KvProvider;
import dev.treadle.bindings.kv.KvProviders;
import dev.treadle.bindings.model.ModelProvider;
import dev.treadle.bindings.model.ModelSettings;
import dev.treadle.bindings.model.oip.OipModel;
import dev.treadle.bindings.model.oip.OipModels;
import dev.treadle.bindings.nats.NatsAccess;
import dev.treadle.bindings.rocks.RocksHome;
import dev.treadle.bindings.search.LuceneHome;
import dev.treadle.bindings.search.SearchProvider;
import dev.treadle.bindings.search.SearchProviders;
import dev.treadle.bindings.table.TableProvider;
import dev.treadle.bindings.table.TableProviders;
import dev.treadle.bindings.vectors.VectorProvider;
import dev.treadle.bindings.vectors.VectorProviders;
import dev.treadle.registry.BindingSpec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What is behind the stores of each kind on a node. Nothing is opened before a function wants it.
 * Safe for threads.
 */
final class Providers implements AutoCloseable {
    private final StoreMap<Place<KvProvider>> kv;
    private final StoreMap<Place<TableProvider>> tables;
    private final StoreMap<Place<BlobProvider>> blobs;
    private final StoreMap<Place<SearchProvider>> searches;
    private final StoreMap<Place<VectorProvider>> vectors;
    private final StoreMap<Place<ModelProvider>> models;

    /** What embedded stores share, to be closed after them. */
    private final List<Runnable> folders;

    Providers(
            BindingsConfig config,
            Path data,
            NatsAccess nats,
            ModelProvider ownModels,
            RandomGenerator random,
            InstantSource clock) {
        RocksHome keys = new RocksHome(data.resolve("kv"), clock);
        TableProviders rows = new TableProviders(data.resolve("table"), clock);
        BlobFolder files = new BlobFolder(data.resolve("blobs"), clock);
        LuceneHome documents = new LuceneHome(data.resolve("search"));
        LuceneHome points = LuceneHome.forVectors(data.resolve("vectors"));
        this.folders =
                List.of(keys::close, rows::close, files::close, documents::close, points::close);
        KvProviders kvProviders = new KvProviders(keys, nats, random, clock);
        BlobProviders blobProviders = new BlobProviders(files);
        SearchProviders searchProviders = new SearchProviders(documents);
        VectorProviders vectorProviders = new VectorProviders(points);
        this.kv = config.kv().map(each -> Place.of(kvProviders.provider(each), each.capacity()));
        this.tables = config.tables().map(each -> Place.of(rows.provider(each), each.capacity()));
        this.blobs =
                config.blobs().map(each -> Place.of(blobProviders.provider(each), each.capacity()));
        this.searches =
                config.search()
                        .map(each -> Place.of(searchProviders.provider(each), each.capacity()));
        this.vectors =
                config.vectors()
                        .map(each -> Place.of(vectorProviders.provider(each), each.capacity()));
        this.models =
                config.models()
                        .map(each -> Place.of(provider(each, ownModels, clock), each.capacity()));
    }

    private static ModelProvider provider(
            ModelSettings settings, ModelProvider own, InstantSource clock) {
        return switch (settings.source()) {
            case ModelSettings.Source.OnnxRuntime _ -> own;
            case ModelSettings.Source.Oip(OipModel remote) ->
                    new OipModels(remote, settings.capacity().timeout(), clock);
        };
    }

    Place<KvProvider> of(BindingSpec.Kv spec) {
        return kv.of(spec.store());
    }

    Place<TableProvider> of(BindingSpec.Table spec) {
        return tables.of(spec.table());
    }

    Place<BlobProvider> of(BindingSpec.Blobs spec) {
        return blobs.of(spec.store());
    }

    Place<SearchProvider> of(BindingSpec.Search spec) {
        return searches.of(spec.store());
    }

    Place<VectorProvider> of(BindingSpec.Vectors spec) {
        return vectors.of(spec.store());
    }

    Place<ModelProvider> of(BindingSpec.Model spec) {
        return models.of(spec.model());
    }

    Place<? extends Provider> of(BindingSpec spec) {
        return switch (spec) {
            case BindingSpec.Kv bound -> of(bound);
            case BindingSpec.Table bound -> of(bound);
            case BindingSpec.Blobs bound -> of(bound);
            case BindingSpec.Search bound -> of(bound);
            case BindingSpec.Vectors bound -> of(bound);
            case BindingSpec.Model bound -> of(bound);
        };
    }

    /** The stores of all kinds, each kind under its name. */
    Map<String, StoreMap<? extends Place<?>>> kinds() {
        Map<String, StoreMap<? extends Place<?>>> kinds = new LinkedHashMap<>();
        kinds.put("kv", kv);
        kinds.put("table", tables);
        kinds.put("blobs", blobs);
        kinds.put("search", searches);
        kinds.put("vectors", vectors);
        kinds.put("model", models);
        return kinds;
    }

    @Override
    public void close() {
        kinds().values().forEach(stores -> stores.all().forEach(Place::close));
        folders.forEach(Runnable::run);
    }
}
