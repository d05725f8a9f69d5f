package dev.treadle.bindings.search.meilisearch;

import dev.treadle.SearchDocument;
import dev.treadle.SearchDocument.Flag;
import dev.treadle.SearchDocument.Keywords;
import dev.treadle.SearchDocument.Number;
import dev.treadle.SearchDocument.Text;
import dev.treadle.SearchDocument.Time;
import dev.treadle.SearchDocument.Value;
import dev.treadle.SearchDocument.Vector;
import dev.treadle.bindings.search.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Documents as an index has them: fields under an object for each kind, so that the index's
 * settings name kinds instead of fields and need no change for a new one. Keywords, names and ids
 * are in {@link Hex}.
 */
final class KeptDocument {
    /** What the server knows documents by. */
    static final String KEY = "key";

    /** The document's id, to sort by. */
    static final String ID = "id";

    /** The names of the fields that the document has, with their kinds. */
    static final String NAMES = "names";

    /** The server does not filter by longer values; two digits each. */
    private static final int KEYWORD_BYTES_MAX = 230;

    private KeptDocument() {}

    /** What the fields of a kind stand under. */
    static String object(Kind kind) {
        return kind.indexed("").substring(0, 1);
    }

    /** A field's name in the index. */
    static String path(Kind kind, String field) {
        return object(kind) + "." + field;
    }

    /** What the server knows a document by. */
    static String key(String id) {
        return Hex.digest(id);
    }

    static Map<String, Object> write(SearchDocument document) {
        List<String> names = new ArrayList<>();
        Map<String, Object> json = new TreeMap<>();
        Map<String, Map<String, Object>> objects = new TreeMap<>();
        document.fields()
                .forEach(
                        (field, value) -> {
                            Kind kind = Kind.of(value);
                            names.add(Hex.of(kind.indexed(field)));
                            objects.computeIfAbsent(object(kind), _ -> new TreeMap<>())
                                    .put(field, json(field, value));
                        });
        json.putAll(objects);
        json.put(KEY, key(document.id()));
        json.put(ID, Hex.of(document.id()));
        json.put(NAMES, names);
        return json;
    }

    private static Object json(String field, Value value) {
        return switch (value) {
            case Text(String text) -> text;
            case Keywords(List<String> words) ->
                    words.stream().map(word -> keyword(field, word)).toList();
            case Number(double number) -> finite(field, number);
            case Time(Instant time) -> time.toEpochMilli();
            case Flag(boolean flag) -> flag;
            case Vector(float[] vector) -> vector;
        };
    }

    private static String keyword(String field, String word) {
        int bytes = word.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > KEYWORD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the field '%s' has a keyword of %d bytes; a meilisearch filters by %d at most"
                            .formatted(field, bytes, KEYWORD_BYTES_MAX));
        }
        return Hex.of(word);
    }

    private static double finite(String field, double number) {
        if (Double.isInfinite(number)) {
            throw new IllegalArgumentException(
                    "the field '%s' is %s; a meilisearch keeps finite numbers only"
                            .formatted(field, number));
        }
        return number;
    }

    static SearchDocument read(JsonNode json) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (JsonNode each : json.path(NAMES)) {
            String name = Hex.text(each.asString());
            Kind kind = Kind.ofIndexed(name);
            String field = Kind.field(name);
            fields.put(field, value(kind, json.path(object(kind)).path(field)));
        }
        return new SearchDocument(Hex.text(json.path(ID).asString()), fields);
    }

    private static Value value(Kind kind, JsonNode json) {
        return switch (kind) {
            case TEXT -> new Text(json.asString());
            case KEYWORDS ->
                    new Keywords(
                            json.valueStream().map(word -> Hex.text(word.asString())).toList());
            case NUMBER -> new Number(json.asDouble());
            case TIME -> new Time(Instant.ofEpochMilli(json.asLong()));
            case FLAG -> new Flag(json.asBoolean());
            case VECTOR -> new Vector(floats(json));
        };
    }

    private static float[] floats(JsonNode json) {
        float[] vector = new float[json.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) json.path(i).asDouble();
        }
        return vector;
    }
}
