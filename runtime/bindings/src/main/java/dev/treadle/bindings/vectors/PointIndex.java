package dev.treadle.bindings.vectors;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.search.LuceneHome;
import dev.treadle.bindings.search.LuceneIndex;
import dev.treadle.bindings.search.OpenIndex;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Where Lucene keeps points. */
interface PointIndex {
    void write(LuceneIndex.Step step);

    /**
     * Puts points, if there is room for them.
     *
     * @param ids of the points
     * @param pointsMax how many it may have
     */
    void put(List<String> ids, int pointsMax, LuceneIndex.Step step);

    /**
     * Reads on the caller's thread.
     *
     * @param fresh whether to see all that is written
     */
    <T> T read(boolean fresh, LuceneIndex.Reading<T> reading);

    /** One in the node's data folder. Safe for threads. */
    record Folder(LuceneHome home, String name, Duration patience) implements PointIndex {
        @Override
        public void write(LuceneIndex.Step step) {
            home.index(name).write(step, patience);
        }

        @Override
        public void put(List<String> ids, int pointsMax, LuceneIndex.Step step) {
            home.index(name).put(ids, pointsMax, step, patience);
        }

        @Override
        public <T> T read(boolean fresh, LuceneIndex.Reading<T> reading) {
            return home.index(name).read(fresh, patience, reading);
        }
    }

    /** One in memory, all of which is seen at once. For one thread at a time. */
    record Memory(OpenIndex open) implements PointIndex {
        static Memory create() {
            try {
                return new Memory(OpenIndex.open(new ByteBuffersDirectory()));
            } catch (IOException e) {
                throw failed(e);
            }
        }

        @Override
        public void write(LuceneIndex.Step step) {
            try {
                step.on(open);
            } catch (IOException e) {
                throw failed(e);
            }
        }

        @Override
        public void put(List<String> ids, int pointsMax, LuceneIndex.Step step) {
            write(index -> index.put(ids, pointsMax, step));
        }

        @Override
        public <T> T read(boolean fresh, LuceneIndex.Reading<T> reading) {
            try {
                open.refresh();
                DirectoryReader reader = open.acquire();
                try {
                    return reading.from(reader, open.schema());
                } finally {
                    open.release(reader);
                }
            } catch (IOException e) {
                throw failed(e);
            }
        }

        private static StoreFailure failed(IOException cause) {
            return new StoreFailure(Reason.FAILED, "the run's own index failed: " + cause, cause);
        }
    }
}
