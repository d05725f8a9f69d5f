package dev.treadle.bindings.search;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.SearchDocument;
import dev.treadle.SearchDocument.Value;
import dev.treadle.SearchDocument.Vector;
import dev.treadle.bindings.StoreFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which kind of value each field of an index holds. Safe for threads. */
public final class Schema {
    /** How many fields all documents of a store may have together. */
    public static final int FIELDS_MAX = 1000;

    /** No field's name. */
    private static final String SHAPE = "=vectors";

    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    /** Of each field with vectors. */
    private final Map<String, Integer> dimensions = new ConcurrentHashMap<>();

    /** What a store of vectors was begun with, for people; empty for a store of documents. */
    private volatile String shape = "";

    /** The same fields, to be gone on with apart. */
    public Schema copy() {
        Schema copy = new Schema();
        copy.kinds.putAll(kinds);
        copy.dimensions.putAll(dimensions);
        return copy;
    }

    /** Takes the fields of another in, where it has none of that name. */
    public void addAll(Schema other) {
        other.kinds.forEach(kinds::putIfAbsent);
        other.dimensions.forEach(dimensions::putIfAbsent);
    }

    /**
     * Takes the fields of documents in, all or none.
     *
     * @throws IllegalArgumentException when a value has another kind than its field
     */
    public void add(List<SearchDocument> documents) {
        if (!documents.stream().allMatch(this::knows)) {
            learn(documents);
        }
    }

    /** Whether a document has no new field, and no value of another kind. */
    private boolean knows(SearchDocument document) {
        return document.fields().entrySet().stream()
                .allMatch(each -> knows(each.getKey(), each.getValue()));
    }

    private boolean knows(String field, Value value) {
        return kinds.get(field) == Kind.of(value)
                && !(value instanceof Vector(float[] vector)
                        && !Objects.equals(dimensions.get(field), vector.length));
    }

    private synchronized void learn(List<SearchDocument> documents) {
        Map<String, Kind> more = new HashMap<>();
        Map<String, Integer> wide = new HashMap<>(dimensions);
        for (SearchDocument document : documents) {
            document.fields()
                    .forEach(
                            (field, value) -> {
                                Kind kind = Kind.of(value);
                                Kind first = more.putIfAbsent(field, kind);
                                require(field, first == null ? kind : first, kind);
                                require(field, kinds.getOrDefault(field, kind), kind);
                                if (value instanceof Vector(float[] vector)) {
                                    Integer expected = wide.putIfAbsent(field, vector.length);
                                    require(field, expected, vector.length);
                                }
                            });
        }
        more.keySet().removeAll(kinds.keySet());
        if (kinds.size() + more.size() > FIELDS_MAX) {
            throw new IllegalArgumentException(
                    "the documents of a store have at most %d fields together"
                            .formatted(FIELDS_MAX));
        }
        dimensions.putAll(wide);
        kinds.putAll(more);
    }

    /**
     * Refuses vectors of another shape than those that the store was begun with.
     *
     * @param wanted for people
     */
    public void requireShape(String wanted) {
        if (!shape.isEmpty() && !shape.equals(wanted)) {
            throw new StoreFailure(
                    Reason.FAILED,
                    "the store holds vectors of %s, and the manifest says %s: name another store, or mend the manifest"
                            .formatted(shape, wanted),
                    null);
        }
    }

    /** Begins a store of vectors, if it is not begun. */
    public synchronized void begin(String wanted) {
        requireShape(wanted);
        shape = wanted;
    }

    /**
     * Refuses a vector of other dimensions than those of a field.
     *
     * @throws IllegalArgumentException when it is one
     */
    public void requireDimensions(String field, int found) {
        require(field, dimensions.get(field), found);
    }

    private static void require(String field, @Nullable Integer expected, int found) {
        if (expected != null && expected != found) {
            throw new IllegalArgumentException(
                    "the vectors of the field '%s' have %d dimensions, this one has %d"
                            .formatted(field, expected, found));
        }
    }

    /** What a field holds; empty when no document has had it yet. */
    public Optional<Kind> kind(String field) {
        return Optional.ofNullable(kinds.get(field));
    }

    /** All fields with text. */
    public List<String> texts() {
        return kinds.entrySet().stream()
                .filter(each -> each.getValue() == Kind.TEXT)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** A field's name in the index, when it holds one of these; empty when nothing has it. */
    public Optional<String> indexed(String field, String use, Kind... wanted) {
        Optional<Kind> kind = kind(field);
        if (kind.isPresent() && !List.of(wanted).contains(kind.get())) {
            String expected =
                    List.of(wanted).stream().map(Kind::words).collect(Collectors.joining(" or "));
            throw new IllegalArgumentException(
                    "the field '%s' holds %s; %s needs one with %s"
                            .formatted(field, kind.get().words(), use, expected));
        }
        return kind.map(each -> each.indexed(field));
    }

    private static void require(String field, Kind expected, Kind found) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "the field '%s' holds %s since its first value; this one would be %s"
                            .formatted(field, expected.words(), found.words()));
        }
    }

    private String dimensionsText(String name) {
        Integer wide = dimensions.get(name);
        return wide == null ? "" : " " + wide;
    }

    private void read(String name, String text) {
        List<String> words = List.of(text.split(" ", -1));
        kinds.put(name, Kind.valueOf(words.getFirst()));
        if (words.size() > 1) {
            dimensions.put(name, Integer.valueOf(words.get(1)));
        }
    }

    /** What an index keeps of it: each field's kind, and dimensions where it has some. */
    public Map<String, String> kept() {
        Map<String, String> kept = new HashMap<>();
        kinds.forEach((name, kind) -> kept.put(name, kind.name() + dimensionsText(name)));
        if (!shape.isEmpty()) {
            kept.put(SHAPE, shape);
        }
        return kept;
    }

    /** Reads what {@link #kept} gave. */
    public static Schema read(Map<String, String> kept) {
        Schema schema = new Schema();
        Map<String, String> fields = new HashMap<>(kept);
        schema.shape = Optional.ofNullable(fields.remove(SHAPE)).orElse("");
        fields.forEach(schema::read);
        return schema;
    }
}
