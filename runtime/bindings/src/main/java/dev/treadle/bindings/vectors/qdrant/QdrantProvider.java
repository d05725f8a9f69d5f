package dev.treadle.bindings.vectors.qdrant;

import dev.treadle.bindings.vectors.VectorProvider;
import dev.treadle.bindings.vectors.VectorShape;
import dev.treadle.bindings.vectors.VectorStore;
import java.time.Duration;
import java.util.Optional;

/** Stores in a Qdrant, each a collection. */
public final class QdrantProvider implements VectorProvider {
    private final QdrantHome home;

    /**
     * @param patience how long a call may take
     */
    public QdrantProvider(QdrantSettings settings, Duration patience) {
        this.home = new QdrantHome(settings, patience);
    }

    @Override
    public String name() {
        return "qdrant";
    }

    @Override
    public String text() {
        return home.settings().text();
    }

    @Override
    public VectorStore store(String name, VectorShape shape) {
        return new QdrantVectors(home, new QdrantCollection(home, "treadle-" + name, shape), shape);
    }

    @Override
    public boolean passesTrace() {
        return true;
    }

    @Override
    public Optional<String> trouble() {
        return home.trouble();
    }

    @Override
    public void close() {
        home.close();
    }
}
