package dev.treadle.bindings.search.opensearch;

import dev.treadle.SearchDocument;
import dev.treadle.SearchDocument.Flag;
import dev.treadle.SearchDocument.Keywords;
import dev.treadle.SearchDocument.Number;
import dev.treadle.SearchDocument.Text;
import dev.treadle.SearchDocument.Time;
import dev.treadle.SearchDocument.Value;
import dev.treadle.SearchDocument.Vector;
import dev.treadle.bindings.search.Kind;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Documents as an index has them: the id, the fields under an object of their own, and which there
 * are, with their kinds, so that a document can be read without knowing the index.
 */
final class StoredDocument {
    /** The document's id, to sort by. */
    static final String ID = "id";

    /** The names of the fields that the document has, with their kinds. */
    static final String NAMES = "names";

    /** What the fields stand under. */
    static final String FIELDS = "f";

    private StoredDocument() {}

    /** A field's name in the index. */
    static String path(String field) {
        return FIELDS + "." + field;
    }

    static Map<String, Object> write(SearchDocument document) {
        List<String> names = new ArrayList<>();
        Map<String, Object> fields = new LinkedHashMap<>();
        document.fields()
                .forEach(
                        (field, value) -> {
                            names.add(Kind.of(value).indexed(field));
                            fields.put(field, json(field, value));
                        });
        return Map.of(ID, document.id(), NAMES, names, FIELDS, fields);
    }

    private static Object json(String field, Value value) {
        return switch (value) {
            case Text(String text) -> text;
            case Keywords(List<String> words) -> words;
            case Number(double number) -> finite(field, number);
            case Time(Instant time) -> time.toEpochMilli();
            case Flag(boolean flag) -> flag;
            case Vector(float[] vector) -> Base64.getEncoder().encodeToString(bytes(vector));
        };
    }

    private static double finite(String field, double number) {
        if (Double.isInfinite(number)) {
            throw new IllegalArgumentException(
                    "the field '%s' is %s; an opensearch keeps finite numbers only"
                            .formatted(field, number));
        }
        return number;
    }

    private static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    static SearchDocument read(JsonNode source) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (JsonNode each : source.path(NAMES)) {
            String field = Kind.field(each.asString());
            JsonNode value = source.path(FIELDS).path(field);
            fields.put(field, value(Kind.ofIndexed(each.asString()), value));
        }
        return new SearchDocument(source.path(ID).asString(), fields);
    }

    private static Value value(Kind kind, JsonNode json) {
        return switch (kind) {
            case TEXT -> new Text(json.asString());
            case KEYWORDS -> new Keywords(json.valueStream().map(JsonNode::asString).toList());
            case NUMBER -> new Number(json.asDouble());
            case TIME -> new Time(Instant.ofEpochMilli(json.asLong()));
            case FLAG -> new Flag(json.asBoolean());
            case VECTOR -> new Vector(floats(Base64.getDecoder().decode(json.asString())));
        };
    }

    private static float[] floats(byte[] bytes) {
        FloatBuffer numbers = ByteBuffer.wrap(bytes).asFloatBuffer();
        float[] vector = new float[numbers.remaining()];
        numbers.get(vector);
        return vector;
    }
}
