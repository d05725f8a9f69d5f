package dev.treadle.bindings;

import dev.treadle.TableSchema;
import dev.treadle.bindings.blobs.BlobFolder;
import dev.treadle.bindings.blobs.BlobProvider;
import dev.treadle.bindings.blobs.BlobProviders;
import dev.treadle.bindings.kv.KvProvider;
import dev.treadle.bindings.kv.KvProviders;
import dev.treadle.bindings.kv.ReadCache;
import dev.treadle.bindings.kv.WatchedKv;
import dev.treadle.bindings.model.ModelProvider;
import dev.treadle.bindings.model.ModelSettings;
import dev.treadle.bindings.model.oip.OipModel;
import dev.treadle.bindings.model.oip.OipModels;
import dev.treadle.bindings.nats.NatsAccess;
import dev.treadle.bindings.rocks.RocksHome;
import dev.treadle.bindings.search.LuceneHome;
import dev.treadle.bindings.search.SearchProvider;
import dev.treadle.bindings.search.SearchProviders;
import dev.treadle.bindings.table.Columns;
import dev.treadle.bindings.table.TableProvider;
import dev.treadle.bindings.table.TableProviders;
import dev.treadle.bindings.vectors.VectorProvider;
import dev.treadle.bindings.vectors.VectorProviders;
import dev.treadle.registry.BindingSpec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;

/**
 * The providers of a node, and what its functions bind of them. Nothing is opened before a function
 * wants it. Safe for threads.
 */
public final class NodeBindings implements AutoCloseable {
    private final RocksHome home;
    private final ReadCache cache = ReadCache.ofNode();
    private final StoreMap<Place<KvProvider>> kv;
    private final TableProviders tableProviders;
    private final StoreMap<Place<TableProvider>> tables;
    private final LuceneHome indexes;
    private final StoreMap<Place<SearchProvider>> searches;
    private final LuceneHome vectorIndexes;
    private final StoreMap<Place<VectorProvider>> vectors;
    private final StoreMap<Place<ModelProvider>> models;
    private final BlobFolder blobFolder;
    private final StoreMap<Place<BlobProvider>> blobs;
    private final ConcurrentSkipListMap<MeterName, BindingMeter> meters =
            new ConcurrentSkipListMap<>();

    /**
     * @param data the node's data folder
     * @param ownModels runs those that no other server runs
     */
    public NodeBindings(
            BindingsConfig config,
            Path data,
            NatsAccess nats,
            ModelProvider ownModels,
            RandomGenerator random,
            InstantSource clock) {
        this.models =
                config.models()
                        .map(each -> Place.of(provider(each, ownModels, clock), each.capacity()));
        this.home = new RocksHome(data.resolve("kv"), clock);
        KvProviders providers = new KvProviders(home, nats, random, clock);
        this.kv = config.kv().map(each -> Place.of(providers.provider(each), each.capacity()));
        this.tableProviders = new TableProviders(data.resolve("table"), clock);
        this.tables =
                config.tables()
                        .map(each -> Place.of(tableProviders.provider(each), each.capacity()));
        this.indexes = new LuceneHome(data.resolve("search"));
        SearchProviders searchProviders = new SearchProviders(indexes);
        this.searches =
                config.search()
                        .map(each -> Place.of(searchProviders.provider(each), each.capacity()));
        this.vectorIndexes = LuceneHome.forVectors(data.resolve("vectors"));
        VectorProviders vectorProviders = new VectorProviders(vectorIndexes);
        this.vectors =
                config.vectors()
                        .map(each -> Place.of(vectorProviders.provider(each), each.capacity()));
        this.blobFolder = new BlobFolder(data.resolve("blobs"), clock);
        BlobProviders blobProviders = new BlobProviders(blobFolder);
        this.blobs =
                config.blobs().map(each -> Place.of(blobProviders.provider(each), each.capacity()));
    }

    /**
     * Whose calls a meter counts.
     *
     * @param binding its name in the manifest
     */
    public record MeterName(String function, String binding, String kind, String provider)
            implements Comparable<MeterName> {
        @Override
        public int compareTo(MeterName other) {
            return text().compareTo(other.text());
        }

        private String text() {
            return String.join("\0", function, binding, kind, provider);
        }
    }

    /** What a binding counted. */
    public record Metered(MeterName name, BindingMeter meter) {}

    /**
     * How a binding fares.
     *
     * @param binding its name in the manifest
     * @param target the store's logical name
     * @param provider what is behind it, for people
     * @param trouble why it cannot be used now; empty when it can
     */
    public record Status(
            String binding,
            String kind,
            String target,
            String provider,
            Optional<String> trouble) {}

    /** Opens what a release of a function binds. */
    public ReleaseBindings open(String function, Map<String, BindingSpec> declared) {
        ReleaseBindings opened = new ReleaseBindings(function);
        declared.forEach(
                (name, spec) -> {
                    switch (spec) {
                        case BindingSpec.Kv bound -> opened.add(name, kv(function, name, bound));
                        case BindingSpec.Table bound ->
                                opened.add(name, table(function, name, bound));
                        case BindingSpec.Search bound ->
                                opened.add(name, search(function, name, bound));
                        case BindingSpec.Model bound ->
                                opened.add(name, model(function, name, bound));
                        case BindingSpec.Blobs bound ->
                                opened.add(name, blobs(function, name, bound));
                        case BindingSpec.Vectors bound ->
                                opened.add(name, vectors(function, name, bound));
                    }
                });
        return opened;
    }

    private static ModelProvider provider(
            ModelSettings settings, ModelProvider own, InstantSource clock) {
        return switch (settings.source()) {
            case ModelSettings.Source.OnnxRuntime _ -> own;
            case ModelSettings.Source.Oip(OipModel remote) ->
                    new OipModels(remote, settings.capacity().timeout(), clock);
        };
    }

    private OpenModel model(String function, String name, BindingSpec.Model spec) {
        Place<ModelProvider> place = models.of(spec.model());
        return new OpenModel(name, spec, place, meter(function, name, spec, place));
    }

    private OpenKv kv(String function, String name, BindingSpec.Kv spec) {
        Place<KvProvider> place = kv.of(spec.store());
        return new OpenKv(
                name,
                spec,
                place,
                new WatchedKv(place.provider().store(spec.store()), spec.store(), cache),
                meter(function, name, spec, place));
    }

    private OpenTable table(String function, String name, BindingSpec.Table spec) {
        Place<TableProvider> place = tables.of(spec.table());
        TableSchema schema = Columns.of(spec.columns());
        return new OpenTable(
                name,
                spec,
                schema,
                place,
                place.provider().store(spec.table(), schema),
                meter(function, name, spec, place));
    }

    /** What is behind a table, for a deploy that checks it. */
    public TableProvider behind(BindingSpec.Table spec) {
        return tables.of(spec.table()).provider();
    }

    private OpenBlobs blobs(String function, String name, BindingSpec.Blobs spec) {
        Place<BlobProvider> place = blobs.of(spec.store());
        return new OpenBlobs(
                name,
                spec,
                place,
                place.provider().store(spec.store()),
                meter(function, name, spec, place));
    }

    private OpenSearch search(String function, String name, BindingSpec.Search spec) {
        Place<SearchProvider> place = searches.of(spec.store());
        return new OpenSearch(
                name,
                spec,
                place,
                place.provider().store(spec.store()),
                meter(function, name, spec, place));
    }

    private OpenVectors vectors(String function, String name, BindingSpec.Vectors spec) {
        Place<VectorProvider> place = vectors.of(spec.store());
        return OpenVectors.of(name, spec, place, meter(function, name, spec, place));
    }

    private BindingMeter meter(
            String function, String name, BindingSpec spec, Place<? extends Provider> place) {
        return meters.computeIfAbsent(
                new MeterName(function, name, spec.kind(), place.provider().name()),
                _ -> new BindingMeter());
    }

    /** Looks at what is behind bindings; takes a few seconds for each that is in trouble. */
    public List<Status> look(Map<String, BindingSpec> declared) {
        List<Status> statuses = new ArrayList<>();
        declared.forEach(
                (name, spec) -> {
                    Provider provider = provider(spec);
                    statuses.add(
                            new Status(
                                    name,
                                    spec.kind(),
                                    spec.target(),
                                    provider.text(),
                                    trouble(spec, provider)));
                });
        return statuses;
    }

    /**
     * What is behind stores.
     *
     * @param store its name, or {@code default} for all that are not named
     * @param provider for people
     * @param trouble why it cannot be used now; empty when it can
     * @param running calls that run there now
     */
    public record ProviderStatus(
            String kind, String store, String provider, Optional<String> trouble, int running) {}

    /** Looks at all providers; takes a few seconds for each that is in trouble. */
    public List<ProviderStatus> providers() {
        List<ProviderStatus> all = new ArrayList<>();
        add("kv", kv, all);
        add("table", tables, all);
        add("blobs", blobs, all);
        add("search", searches, all);
        add("vectors", vectors, all);
        add("model", models, all);
        return all;
    }

    private static void add(
            String kind, StoreMap<? extends Place<?>> places, List<ProviderStatus> all) {
        all.add(status(kind, "default", places.usual()));
        new TreeMap<>(places.named())
                .forEach((store, place) -> all.add(status(kind, store, place)));
    }

    private static ProviderStatus status(String kind, String store, Place<?> place) {
        return new ProviderStatus(
                kind,
                store,
                place.provider().text(),
                place.provider().trouble(),
                place.turnstile().inside());
    }

    /** A provider is there or not for all its stores alike; a model may be missing alone. */
    private Optional<String> trouble(BindingSpec spec, Provider provider) {
        return spec instanceof BindingSpec.Model bound
                ? models.of(bound.model()).provider().trouble(bound.model())
                : provider.trouble();
    }

    private Provider provider(BindingSpec spec) {
        return switch (spec) {
            case BindingSpec.Kv bound -> kv.of(bound.store()).provider();
            case BindingSpec.Table bound -> tables.of(bound.table()).provider();
            case BindingSpec.Search bound -> searches.of(bound.store()).provider();
            case BindingSpec.Model bound -> models.of(bound.model()).provider();
            case BindingSpec.Blobs bound -> blobs.of(bound.store()).provider();
            case BindingSpec.Vectors bound -> vectors.of(bound.store()).provider();
        };
    }

    /** What all bindings have counted since the node's start. */
    public List<Metered> metered() {
        return meters.entrySet().stream()
                .map(each -> new Metered(each.getKey(), each.getValue()))
                .toList();
    }

    /** Forgets the meters of a function that is no more. */
    public void forget(String function) {
        meters.keySet().removeIf(name -> name.function().equals(function));
    }

    @Override
    public void close() {
        kv.all().forEach(Place::close);
        tables.all().forEach(Place::close);
        models.all().forEach(Place::close);
        blobs.all().forEach(Place::close);
        searches.all().forEach(Place::close);
        vectors.all().forEach(Place::close);
        home.close();
        tableProviders.close();
        indexes.close();
        vectorIndexes.close();
        blobFolder.close();
    }
}
