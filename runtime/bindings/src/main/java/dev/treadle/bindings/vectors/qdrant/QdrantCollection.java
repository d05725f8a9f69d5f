package dev.treadle.bindings.vectors.qdrant;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.SearchDocument;
import dev.treadle.SearchDocument.Text;
import dev.treadle.SearchDocument.Value;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.search.Kind;
import dev.treadle.bindings.search.Schema;
import dev.treadle.bindings.vectors.VectorShape;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The collection of a store: made by the first put, looked at once, and again when something is not
 * known. Each field that can be filtered by has a payload index there, which keeps its kind, too.
 * Safe for threads.
 */
final class QdrantCollection {
    private final QdrantHome home;
    private final String name;
    private final VectorShape shape;

    /** What is known of its fields; null when it was not looked at. */
    private volatile @Nullable Schema known;

    QdrantCollection(QdrantHome home, String name, VectorShape shape) {
        this.home = home;
        this.name = name;
        this.shape = shape;
    }

    String name() {
        return name;
    }

    /** What is known of its fields; empty when there is no such collection yet. */
    Optional<Schema> look() {
        Schema seen = known;
        return seen == null ? lookAgain() : Optional.of(seen);
    }

    /** Has the next call look again. */
    void forget() {
        known = null;
    }

    private Optional<Schema> lookAgain() {
        try {
            CollectionInfo info = home.call(client -> client.getCollectionInfoAsync(name));
            requireShape(info);
            Schema seen = Schema.read(kinds(info));
            known = seen;
            return Optional.of(seen);
        } catch (StoreFailure e) {
            if (QdrantHome.isMissing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void requireShape(CollectionInfo info) {
        VectorParams found =
                info.getConfig()
                        .getParams()
                        .getVectorsConfig()
                        .getParamsMap()
                        .getMapOrDefault(QdrantPoints.VECTOR, VectorParams.getDefaultInstance());
        if (found.getSize() != shape.dimensions() || found.getDistance() != distance()) {
            throw new StoreFailure(
                    Reason.FAILED,
                    "the store holds vectors of %d dimensions by %s, and the manifest says %s: name another store, or mend the manifest"
                            .formatted(found.getSize(), word(found.getDistance()), shape.text()),
                    null);
        }
    }

    private Distance distance() {
        return switch (shape.distance()) {
            case COSINE -> Distance.Cosine;
            case DOT -> Distance.Dot;
            case EUCLIDEAN -> Distance.Euclid;
        };
    }

    private static String word(Distance distance) {
        return distance == Distance.Euclid ? "euclidean" : distance.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> kinds(CollectionInfo info) {
        Map<String, String> kinds = new HashMap<>();
        for (String path : info.getPayloadSchemaMap().keySet()) {
            QdrantPoints.kind(path)
                    .ifPresent(kind -> kinds.put(QdrantPoints.field(path), kind.name()));
        }
        return kinds;
    }

    /**
     * Refuses what does not fit, as far as it is known here.
     *
     * @throws IllegalArgumentException when a value has another kind than its field
     */
    void check(List<SearchDocument> documents) {
        look().map(Schema::copy).orElseGet(QdrantCollection::empty).add(documents);
    }

    private static Schema empty() {
        return Schema.read(Map.of());
    }

    /** Makes it where it is not there, and takes in the fields of documents, all or none. */
    synchronized void prepare(List<SearchDocument> documents) {
        Schema seen = look().orElseGet(this::create);
        if (!hasNew(seen, documents)) {
            seen.copy().add(documents);
            return;
        }
        Schema fresh = lookAgain().orElseGet(this::create);
        fresh.copy().add(documents);
        for (SearchDocument document : documents) {
            document.fields().forEach((field, value) -> index(fresh, field, value));
        }
        fresh.add(documents);
    }

    private static boolean hasNew(Schema seen, List<SearchDocument> documents) {
        return documents.stream()
                .flatMap(document -> document.fields().keySet().stream())
                .anyMatch(field -> seen.kind(field).isEmpty());
    }

    private Schema create() {
        SparseVectorParams rare = SparseVectorParams.newBuilder().setModifier(Modifier.Idf).build();
        VectorParams vectors =
                VectorParams.newBuilder()
                        .setSize(shape.dimensions())
                        .setDistance(distance())
                        .build();
        CreateCollection wanted =
                CreateCollection.newBuilder()
                        .setCollectionName(name)
                        .setVectorsConfig(
                                VectorsConfig.newBuilder()
                                        .setParamsMap(
                                                VectorParamsMap.newBuilder()
                                                        .putMap(QdrantPoints.VECTOR, vectors)))
                        .setSparseVectorsConfig(
                                SparseVectorConfig.newBuilder().putMap(QdrantPoints.WORDS, rare))
                        .setReplicationFactor(home.settings().replicas())
                        .setOnDiskPayload(true)
                        .build();
        try {
            home.make(client -> client.createCollectionAsync(wanted));
            index(QdrantPoints.FIELDS, PayloadSchemaType.Keyword);
        } catch (StoreFailure e) {
            if (!QdrantHome.isThereAlready(e)) {
                throw e;
            }
        }
        return lookAgain()
                .orElseThrow(
                        () ->
                                new StoreFailure(
                                        Reason.FAILED,
                                        "the collection %s is gone again".formatted(name),
                                        null));
    }

    /** Text is found by its words and needs none. */
    private void index(Schema seen, String field, Value value) {
        if (seen.kind(field).isPresent() || value instanceof Text) {
            return;
        }
        Kind kind = Kind.of(value);
        PayloadSchemaType type =
                switch (kind) {
                    case KEYWORDS -> PayloadSchemaType.Keyword;
                    case NUMBER -> PayloadSchemaType.Float;
                    case TIME -> PayloadSchemaType.Integer;
                    case FLAG -> PayloadSchemaType.Bool;
                    case TEXT, VECTOR -> throw new IllegalStateException("an index of " + kind);
                };
        index(QdrantPoints.path(kind, field), type);
    }

    private void index(String path, PayloadSchemaType type) {
        home.make(
                client -> client.createPayloadIndexAsync(name, path, type, null, true, null, null));
    }
}
