package dev.treadle.bindings.vectors;

import dev.treadle.SearchDocument;
import dev.treadle.SearchDocument.Text;
import dev.treadle.VectorPoint;
import dev.treadle.bindings.search.LuceneDocument;
import dev.treadle.registry.BindingSpec.Distance;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.VectorSimilarityFunction;

/** A point as Lucene has it: the document of its fields, with the vector and all words beside. */
record PointDocument(Distance distance) {
    /** The vector. */
    static final String VECTOR = "_vector";

    /** The words of all fields with text. */
    static final String WORDS = "_words";

    Document write(VectorPoint point) {
        Document lucene = LuceneDocument.write(point.document());
        float[] vector = point.vector();
        lucene.add(new KnnFloatVectorField(VECTOR, indexed(vector), similarity()));
        lucene.add(new StoredField(VECTOR, LuceneDocument.bytes(vector)));
        for (SearchDocument.Value value : point.fields().values()) {
            if (value instanceof Text(String text)) {
                lucene.add(new TextField(WORDS, text, Store.NO));
            }
        }
        return lucene;
    }

    /** What is compared: by angles, vectors of the length 1, so that a product will do. */
    float[] indexed(float[] vector) {
        return switch (distance) {
            case COSINE -> unit(vector);
            case DOT, EUCLIDEAN -> vector;
        };
    }

    private static float[] unit(float[] vector) {
        double square = 0;
        for (float number : vector) {
            square += (double) number * number;
        }
        double length = Math.sqrt(square);
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }

    private VectorSimilarityFunction similarity() {
        return switch (distance) {
            case COSINE -> VectorSimilarityFunction.DOT_PRODUCT;
            case DOT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
            case EUCLIDEAN -> VectorSimilarityFunction.EUCLIDEAN;
        };
    }

    static VectorPoint read(Document lucene) {
        return new VectorPoint(
                LuceneDocument.read(lucene), LuceneDocument.vector(lucene.getBinaryValue(VECTOR)));
    }
}
