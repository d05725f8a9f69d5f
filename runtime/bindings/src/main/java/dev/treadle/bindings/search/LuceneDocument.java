package dev.treadle.bindings.search;

import dev.treadle.SearchDocument;
import dev.treadle.SearchDocument.Flag;
import dev.treadle.SearchDocument.Keywords;
import dev.treadle.SearchDocument.Number;
import dev.treadle.SearchDocument.Text;
import dev.treadle.SearchDocument.Time;
import dev.treadle.SearchDocument.Value;
import dev.treadle.SearchDocument.Vector;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/** Documents as an index has them. Beside a document's own fields it has these. */
public final class LuceneDocument {
    /** The document's id. */
    public static final String ID = "_id";

    /** The names of the fields that the document has. */
    static final String FIELDS = "_fields";

    /** Stands in documents of a dry run alone. */
    static final String OVERLAY = "_overlay";

    private LuceneDocument() {}

    public static Term id(String id) {
        return new Term(ID, id);
    }

    public static Document write(SearchDocument document) {
        Document lucene = new Document();
        lucene.add(new StringField(ID, document.id(), Store.YES));
        lucene.add(new SortedDocValuesField(ID, new BytesRef(document.id())));
        document.fields().forEach((field, value) -> add(field, value, lucene));
        return lucene;
    }

    private static void add(String field, Value value, Document lucene) {
        String name = Kind.of(value).indexed(field);
        lucene.add(new StringField(FIELDS, field, Store.NO));
        switch (value) {
            case Text(String text) -> lucene.add(new TextField(name, text, Store.YES));
            case Keywords(List<String> words) -> addKeywords(field, name, words, lucene);
            case Number(double number) -> lucene.add(new DoubleField(name, number, Store.YES));
            case Time(Instant time) ->
                    lucene.add(new LongField(name, time.toEpochMilli(), Store.YES));
            case Vector(float[] vector) -> addVector(name, vector, lucene);
            case Flag(boolean flag) ->
                    lucene.add(new KeywordField(name, Boolean.toString(flag), Store.YES));
        }
    }

    /** That there are none is kept under the field's name without a kind. */
    private static void addKeywords(
            String field, String name, List<String> words, Document lucene) {
        if (words.isEmpty()) {
            lucene.add(new StoredField(FIELDS, field));
        }
        words.forEach(word -> lucene.add(new KeywordField(name, word, Store.YES)));
    }

    private static void addVector(String name, float[] vector, Document lucene) {
        lucene.add(new KnnFloatVectorField(name, vector, VectorSimilarityFunction.COSINE));
        lucene.add(new StoredField(name, bytes(vector)));
    }

    /** A vector as it is stored. */
    public static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    /** Reads what {@link #bytes} gave. */
    public static float[] vector(BytesRef stored) {
        FloatBuffer numbers =
                ByteBuffer.wrap(stored.bytes, stored.offset, stored.length).asFloatBuffer();
        float[] vector = new float[numbers.remaining()];
        numbers.get(vector);
        return vector;
    }

    public static SearchDocument read(Document lucene) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (IndexableField stored : lucene.getFields()) {
            if (stored.name().equals(FIELDS)) {
                fields.put(stored.stringValue(), new Keywords(List.of()));
            } else if (!Kind.isOurs(stored.name())) {
                fields.merge(Kind.field(stored.name()), value(stored), LuceneDocument::joined);
            }
        }
        return new SearchDocument(lucene.get(ID), fields);
    }

    private static Value value(IndexableField stored) {
        return switch (Kind.ofIndexed(stored.name())) {
            case TEXT -> new Text(stored.stringValue());
            case KEYWORDS -> new Keywords(List.of(text(stored)));
            case NUMBER -> new Number(stored.numericValue().doubleValue());
            case TIME -> new Time(Instant.ofEpochMilli(stored.numericValue().longValue()));
            case VECTOR -> new Vector(vector(stored.binaryValue()));
            case FLAG -> new Flag(Boolean.parseBoolean(text(stored)));
        };
    }

    private static String text(IndexableField stored) {
        String text = stored.stringValue();
        return text == null ? stored.binaryValue().utf8ToString() : text;
    }

    private static Value joined(Value before, Value next) {
        if (before instanceof Keywords(List<String> first)
                && next instanceof Keywords(List<String> second)) {
            List<String> all = new ArrayList<>(first);
            all.addAll(second);
            return new Keywords(all);
        }
        return next;
    }
}
