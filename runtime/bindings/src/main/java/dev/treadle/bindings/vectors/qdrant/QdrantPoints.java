package dev.treadle.bindings.vectors.qdrant;

import dev.treadle.SearchDocument;
import dev.treadle.SearchDocument.Flag;
import dev.treadle.SearchDocument.Keywords;
import dev.treadle.SearchDocument.Number;
import dev.treadle.SearchDocument.Text;
import dev.treadle.SearchDocument.Time;
import dev.treadle.SearchDocument.Vector;
import dev.treadle.VectorPoint;
import dev.treadle.bindings.search.Kind;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Struct;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.VectorsOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Points as Qdrant has them. Its ids are numbers or UUIDs, so ours stands in the payload and its is
 * a hash of ours. Fields stand there by their kind, {@code number.price}, and in {@code fields} by
 * their names, in their order.
 */
final class QdrantPoints {
    /** The vector's name. */
    static final String VECTOR = "vector";

    /** The name of the sparse vector of words. */
    static final String WORDS = "words";

    static final String ID = "id";
    static final String FIELDS = "fields";

    private QdrantPoints() {}

    /** Where in the payload a field is. */
    static String path(Kind kind, String field) {
        return kind.words() + "." + field;
    }

    /** The kind of the field at a path; empty when there is no field. */
    static Optional<Kind> kind(String path) {
        for (Kind kind : Kind.values()) {
            if (path.startsWith(kind.words() + ".")) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The field at a path. */
    static String field(String path) {
        return path.substring(path.indexOf('.') + 1);
    }

    /** Half of a SHA-256. */
    static PointId id(String id) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.wrap(hash);
            return PointIdFactory.id(new UUID(bytes.getLong(), bytes.getLong()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static PointStruct write(VectorPoint point) {
        Map<String, Points.Vector> vectors = new HashMap<>();
        vectors.put(VECTOR, VectorFactory.vector(point.vector()));
        WordWeights words = WordWeights.ofText(point.document());
        if (!words.isEmpty()) {
            vectors.put(WORDS, VectorFactory.vector(words.values(), words.indices()));
        }
        return PointStruct.newBuilder()
                .setId(id(point.id()))
                .setVectors(VectorsFactory.namedVectors(vectors))
                .putAllPayload(payload(point.document()))
                .build();
    }

    private static Map<String, Value> payload(SearchDocument document) {
        Map<String, Value> payload = new HashMap<>();
        payload.put(ID, ValueFactory.value(document.id()));
        payload.put(FIELDS, texts(List.copyOf(document.fields().keySet())));
        Map<String, Struct.Builder> byKind = new HashMap<>();
        document.fields()
                .forEach(
                        (field, value) ->
                                byKind.computeIfAbsent(
                                                Kind.of(value).words(), _ -> Struct.newBuilder())
                                        .putFields(field, value(field, value)));
        byKind.forEach(
                (kind, fields) ->
                        payload.put(kind, Value.newBuilder().setStructValue(fields).build()));
        return payload;
    }

    private static Value value(String field, SearchDocument.Value value) {
        return switch (value) {
            case Text(String text) -> ValueFactory.value(text);
            case Keywords(List<String> words) -> texts(words);
            case Number(double number) -> ValueFactory.value(finite(field, number));
            case Time(Instant time) -> ValueFactory.value(time.toEpochMilli());
            case Flag(boolean flag) -> ValueFactory.value(flag);
            case Vector _ -> throw new IllegalArgumentException("a second vector: " + field);
        };
    }

    private static double finite(String field, double number) {
        if (Double.isInfinite(number)) {
            throw new IllegalArgumentException(
                    "the field '%s' is %s; this store keeps finite numbers"
                            .formatted(field, number));
        }
        return number;
    }

    private static Value texts(List<String> texts) {
        return ValueFactory.list(texts.stream().map(ValueFactory::value).toList());
    }

    static VectorPoint read(Map<String, Value> payload, VectorsOutput vectors) {
        List<Float> numbers =
                vectors.getVectors().getVectorsOrThrow(VECTOR).getDense().getDataList();
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i);
        }
        return new VectorPoint(document(payload), vector);
    }

    /** Our id. */
    static String id(Map<String, Value> payload) {
        return payload.getOrDefault(ID, Value.getDefaultInstance()).getStringValue();
    }

    private static SearchDocument document(Map<String, Value> payload) {
        Map<String, SearchDocument.Value> found = new HashMap<>();
        for (Kind kind : Kind.values()) {
            Value fields = payload.getOrDefault(kind.words(), Value.getDefaultInstance());
            fields.getStructValue()
                    .getFieldsMap()
                    .forEach((field, value) -> found.put(field, value(kind, value)));
        }
        Map<String, SearchDocument.Value> ordered = new LinkedHashMap<>();
        Value names = payload.getOrDefault(FIELDS, Value.getDefaultInstance());
        for (Value name : names.getListValue().getValuesList()) {
            SearchDocument.Value value = found.get(name.getStringValue());
            if (value != null) {
                ordered.put(name.getStringValue(), value);
            }
        }
        return new SearchDocument(id(payload), ordered);
    }

    private static SearchDocument.Value value(Kind kind, Value value) {
        return switch (kind) {
            case TEXT -> new Text(value.getStringValue());
            case KEYWORDS -> {
                List<String> words = new ArrayList<>();
                value.getListValue()
                        .getValuesList()
                        .forEach(word -> words.add(word.getStringValue()));
                yield new Keywords(words);
            }
            case NUMBER ->
                    new Number(
                            value.hasIntegerValue()
                                    ? value.getIntegerValue()
                                    : value.getDoubleValue());
            case TIME -> new Time(Instant.ofEpochMilli(value.getIntegerValue()));
            case FLAG -> new Flag(value.getBoolValue());
            case VECTOR -> throw new IllegalStateException("a second vector");
        };
    }
}
