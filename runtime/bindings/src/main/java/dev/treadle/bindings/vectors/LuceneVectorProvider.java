package dev.treadle.bindings.vectors;

import dev.treadle.bindings.search.LuceneHome;
import java.time.Duration;
import java.util.Optional;

/**
 * The embedded provider: an index of the node's own for each store.
 *
 * @param home stays the caller's to close
 * @param documentsMax how many points a store may have
 * @param patience how long a call may take
 */
public record LuceneVectorProvider(LuceneHome home, int documentsMax, Duration patience)
        implements VectorProvider {
    @Override
    public String name() {
        return "lucene";
    }

    @Override
    public String text() {
        return "lucene in " + home.path();
    }

    @Override
    public VectorStore store(String name, VectorShape shape) {
        return LuceneVectors.inFolder(home, name, shape, documentsMax, patience);
    }

    @Override
    public Optional<String> trouble() {
        return home.trouble();
    }

    @Override
    public void close() {}
}
