package dev.treadle.bindings.search;

import dev.treadle.VectorPoint;
import java.io.IOException;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's own way to write, for vectors of more dimensions than the 1024 that it allows by itself.
 * What it writes has the names of Lucene's own formats, so any Lucene reads it.
 */
final class WideCodec extends FilterCodec {
    private final KnnVectorsFormat vectors =
            new PerFieldKnnVectorsFormat() {
                @Override
                public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                    return new Wide(new Lucene99HnswVectorsFormat());
                }
            };

    WideCodec() {
        this(new Lucene104Codec());
    }

    private WideCodec(Lucene104Codec own) {
        super(own.getName(), own);
    }

    @Override
    public KnnVectorsFormat knnVectorsFormat() {
        return vectors;
    }

    private static final class Wide extends KnnVectorsFormat {
        private final KnnVectorsFormat own;

        Wide(KnnVectorsFormat own) {
            super(own.getName());
            this.own = own;
        }

        @Override
        public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
            return own.fieldsWriter(state);
        }

        @Override
        public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
            return own.fieldsReader(state);
        }

        @Override
        public int getMaxDimensions(String field) {
            return VectorPoint.DIMENSIONS_MAX;
        }
    }
}
