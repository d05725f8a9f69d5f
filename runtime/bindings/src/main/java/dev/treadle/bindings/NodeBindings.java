package dev.treadle.bindings;

import dev.treadle.TableSchema;
import dev.treadle.bindings.blobs.BlobProvider;
import dev.treadle.bindings.kv.KvProvider;
import dev.treadle.bindings.kv.ReadCache;
import dev.treadle.bindings.kv.WatchedKv;
import dev.treadle.bindings.model.ModelProvider;
import dev.treadle.bindings.nats.NatsAccess;
import dev.treadle.bindings.search.SearchProvider;
import dev.treadle.bindings.table.Columns;
import dev.treadle.bindings.table.TableProvider;
import dev.treadle.bindings.vectors.VectorProvider;
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
    private final Providers providers;
    private final ReadCache cache = ReadCache.ofNode();
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
        this.providers = new Providers(config, data, nats, ownModels, random, clock);
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

    private OpenModel model(String function, String name, BindingSpec.Model spec) {
        Place<ModelProvider> place = providers.of(spec);
        return new OpenModel(name, spec, place, meter(function, name, spec, place));
    }

    private OpenKv kv(String function, String name, BindingSpec.Kv spec) {
        Place<KvProvider> place = providers.of(spec);
        return new OpenKv(
                name,
                spec,
                place,
                new WatchedKv(place.provider().store(spec.store()), spec.store(), cache),
                meter(function, name, spec, place));
    }

    private OpenTable table(String function, String name, BindingSpec.Table spec) {
        Place<TableProvider> place = providers.of(spec);
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
        return providers.of(spec).provider();
    }

    private OpenBlobs blobs(String function, String name, BindingSpec.Blobs spec) {
        Place<BlobProvider> place = providers.of(spec);
        return new OpenBlobs(
                name,
                spec,
                place,
                place.provider().store(spec.store()),
                meter(function, name, spec, place));
    }

    private OpenSearch search(String function, String name, BindingSpec.Search spec) {
        Place<SearchProvider> place = providers.of(spec);
        return new OpenSearch(
                name,
                spec,
                place,
                place.provider().store(spec.store()),
                meter(function, name, spec, place));
    }

    private OpenVectors vectors(String function, String name, BindingSpec.Vectors spec) {
        Place<VectorProvider> place = providers.of(spec);
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
                    Provider provider = providers.of(spec).provider();
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
        providers.kinds().forEach((kind, places) -> add(kind, places, all));
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
                ? providers.of(bound).provider().trouble(bound.model())
                : provider.trouble();
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
        providers.close();
    }
}
