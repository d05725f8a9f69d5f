package dev.treadle.bindings.search;

import java.time.Duration;
import java.util.Optional;

/**
 * The embedded provider: an index of the node's own for each store.
 *
 * @param home stays the caller's to close
 * @param documentsMax how many documents a store may have
 * @param patience how long a call may take
 */
public record LuceneProvider(LuceneHome home, int documentsMax, Duration patience)
        implements SearchProvider {
    @Override
    public String name() {
        return "lucene";
    }

    @Override
    public String text() {
        return "lucene in " + home.path();
    }

    @Override
    public SearchStore store(String name) {
        return new LuceneStore(home, name, documentsMax, patience);
    }

    @Override
    public Optional<String> trouble() {
        return home.trouble();
    }

    @Override
    public void close() {}
}
