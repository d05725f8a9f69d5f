package dev.treadle.server;

import dev.treadle.bindings.BindingsConfig;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.StoreMap;
import dev.treadle.bindings.blobs.BlobSettings;
import dev.treadle.bindings.kv.KvSettings;
import dev.treadle.bindings.model.ModelSettings;
import dev.treadle.bindings.search.SearchSettings;
import dev.treadle.bindings.table.TableSettings;
import dev.treadle.bindings.vectors.VectorSettings;
import dev.treadle.registry.BindingSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the part {@code bindings} of a node's configuration: for each kind, a provider for each
 * store that is named, and one under {@code default} for all others. For one thread.
 */
final class BindingsReader {
    private static final String DEFAULT = "default";

    private final ConfigKeys keys;
    private final List<String> errors;
    private final boolean natsIsOff;

    BindingsReader(ConfigKeys keys, List<String> errors, boolean natsIsOff) {
        this.keys = keys;
        this.errors = errors;
        this.natsIsOff = natsIsOff;
    }

    BindingsConfig read() {
        return new BindingsConfig(
                stores("kv", this::kv),
                stores("table", this::table),
                stores("blobs", this::blobs),
                stores("search", this::search),
                stores("vectors", this::vectors),
                stores("model", this::model));
    }

    /** One for each store that is named, and one for all others. */
    private <S> StoreMap<S> stores(String kind, Function<String, S> settings) {
        String all = "bindings." + kind;
        Map<String, S> named = new LinkedHashMap<>();
        for (String store : keys.names(all)) {
            requireStore(all + "." + store, store);
            if (!store.equals(DEFAULT)) {
                named.put(store, settings.apply(all + "." + store));
            }
        }
        return new StoreMap<>(settings.apply(all + "." + DEFAULT), named);
    }

    private TableSettings table(String key) {
        return new TableSettings(capacity(key), tableSource(key));
    }

    private TableSettings.Source tableSource(String key) {
        String provider = keys.text(key + ".provider").orElse("rocksdb");
        return switch (provider) {
            case "rocksdb" -> new TableSettings.RocksDb(flag(key + ".fsync"));
            case "cassandra" -> new CassandraReader(keys, errors, key).read();
            default -> {
                errors.add(
                        "%s.provider: expected rocksdb or cassandra, found '%s'"
                                .formatted(key, provider));
                yield new TableSettings.RocksDb(false);
            }
        };
    }

    private BlobSettings blobs(String key) {
        return new BlobSettings(capacity(key), blobSource(key));
    }

    private BlobSettings.Source blobSource(String key) {
        String provider = keys.text(key + ".provider").orElse("directory");
        return switch (provider) {
            case "directory" -> new BlobSettings.Directory();
            case "s3" -> new BlobSettings.S3(new S3Reader(keys, errors, key).read());
            default -> {
                errors.add(
                        "%s.provider: expected directory or s3, found '%s'"
                                .formatted(key, provider));
                yield new BlobSettings.Directory();
            }
        };
    }

    private SearchSettings search(String key) {
        return new SearchSettings(capacity(key), searchSource(key));
    }

    private SearchSettings.Source searchSource(String key) {
        String provider = keys.text(key + ".provider").orElse("lucene");
        return switch (provider) {
            case "lucene" -> lucene(key);
            case "meilisearch" ->
                    new SearchSettings.Meilisearch(new MeilisearchReader(keys, errors, key).read());
            case "opensearch" ->
                    new SearchSettings.OpenSearch(new OpenSearchReader(keys, errors, key).read());
            default -> {
                errors.add(
                        "%s.provider: expected lucene, meilisearch or opensearch, found '%s'"
                                .formatted(key, provider));
                yield lucene(key);
            }
        };
    }

    private SearchSettings.Lucene lucene(String key) {
        int usual = SearchSettings.Lucene.DEFAULT.documentsMax();
        return new SearchSettings.Lucene(
                keys.integer(key + ".documents-max", 1, 1_000_000_000, usual));
    }

    private VectorSettings vectors(String key) {
        return new VectorSettings(capacity(key), vectorSource(key));
    }

    private VectorSettings.Source vectorSource(String key) {
        String provider = keys.text(key + ".provider").orElse("lucene");
        return switch (provider) {
            case "lucene" -> {
                int usual = VectorSettings.Lucene.DEFAULT.documentsMax();
                yield new VectorSettings.Lucene(
                        keys.integer(key + ".documents-max", 1, 1_000_000_000, usual));
            }
            case "qdrant" -> new VectorSettings.Qdrant(new QdrantReader(keys, errors, key).read());
            default -> {
                errors.add(
                        "%s.provider: expected lucene or qdrant, found '%s'"
                                .formatted(key, provider));
                yield VectorSettings.Lucene.DEFAULT;
            }
        };
    }

    private ModelSettings model(String key) {
        String provider = keys.text(key + ".provider").orElse("onnxruntime");
        return switch (provider) {
            case "onnxruntime" -> ModelSettings.OWN;
            case "oip" ->
                    new ModelSettings(
                            capacity(key),
                            new ModelSettings.Source.Oip(
                                    new OipModelReader(keys, errors, key).read()));
            default -> {
                errors.add(
                        "%s.provider: expected onnxruntime or oip, found '%s'"
                                .formatted(key, provider));
                yield ModelSettings.OWN;
            }
        };
    }

    private KvSettings kv(String key) {
        return new KvSettings(capacity(key), kvSource(key));
    }

    private KvSettings.Source kvSource(String key) {
        String provider = keys.text(key + ".provider").orElse("rocksdb");
        return switch (provider) {
            case "rocksdb" -> new KvSettings.RocksDb(flag(key + ".fsync"));
            case "redis" -> new KvSettings.Redis(new RedisReader(keys, errors, key).read());
            case "nats" -> {
                if (natsIsOff) {
                    errors.add(key + ".provider: nats needs a NATS server, and nats.server is off");
                }
                yield new KvSettings.Nats(keys.integer(key + ".replicas", 1, 5, 1));
            }
            default -> {
                errors.add(
                        "%s.provider: expected rocksdb, redis or nats, found '%s'"
                                .formatted(key, provider));
                yield new KvSettings.RocksDb(false);
            }
        };
    }

    private Capacity capacity(String key) {
        Capacity usual = Capacity.DEFAULT;
        return new Capacity(
                keys.integer(key + ".calls-max", 1, 100_000, usual.callsMax()),
                keys.integer(key + ".waiting-max", 0, 1_000_000, usual.waitingMax()),
                keys.duration(key + ".timeout", usual.timeout()));
    }

    private boolean flag(String key) {
        String word = keys.text(key).orElse("false");
        if (!word.equals("true") && !word.equals("false")) {
            errors.add("%s: expected true or false, found '%s'".formatted(key, word));
        }
        return word.equals("true");
    }

    private void requireStore(String key, String store) {
        if (!BindingSpec.STORE.matcher(store).matches()) {
            errors.add(
                    "%s: expected a store's name: a-z, 0-9 and inner hyphens, 63 characters at most, found '%s'"
                            .formatted(key, store));
        }
    }
}
