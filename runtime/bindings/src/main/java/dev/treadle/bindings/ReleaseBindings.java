package dev.treadle.bindings;

import dev.treadle.Blobs;
import dev.treadle.Context;
import dev.treadle.Invocation;
import dev.treadle.Kv;
import dev.treadle.Model;
import dev.treadle.Search;
import dev.treadle.Table;
import dev.treadle.Vectors;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one loaded release binds. Filled by one thread; then safe for threads. */
public final class ReleaseBindings implements AutoCloseable {
    private final String function;
    private final Map<String, OpenKv> kv = new HashMap<>();
    private final Map<String, OpenTable> tables = new HashMap<>();
    private final Map<String, OpenModel> models = new HashMap<>();
    private final Map<String, OpenSearch> searches = new HashMap<>();
    private final Map<String, OpenVectors> vectors = new HashMap<>();
    private final Map<String, OpenBlobs> blobs = new HashMap<>();

    ReleaseBindings(String function) {
        this.function = function;
    }

    void add(String name, OpenKv opened) {
        kv.put(name, opened);
    }

    void add(String name, OpenTable opened) {
        tables.put(name, opened);
    }

    void add(String name, OpenBlobs opened) {
        blobs.put(name, opened);
    }

    void add(String name, OpenSearch opened) {
        searches.put(name, opened);
    }

    void add(String name, OpenVectors opened) {
        vectors.put(name, opened);
    }

    void add(String name, OpenModel opened) {
        models.put(name, opened);
    }

    /**
     * A model for one call.
     *
     * @throws IllegalArgumentException when the manifest binds none under this name
     */
    public Model model(String name, Invocation call) {
        return require(models, "model", "clip-vit-b32", name).at(call);
    }

    /**
     * Keys and values for one call.
     *
     * @param dry null when writes are real
     * @throws IllegalArgumentException when the manifest binds none under this name
     */
    public Kv kv(String name, Invocation call, @Nullable DryRun dry) {
        return require(kv, "kv", "sessions", name).at(call, dry);
    }

    /**
     * A table for one call.
     *
     * @param dry null when writes are real
     * @throws IllegalArgumentException when the manifest binds none under this name
     */
    public Table table(String name, Invocation call, @Nullable DryRun dry) {
        return require(tables, "table", "orders, key: {partition: {id: text}}", name).at(call, dry);
    }

    /**
     * Blobs for one call.
     *
     * @param dry null when writes are real
     * @throws IllegalArgumentException when the manifest binds none under this name
     */
    public Blobs blobs(String name, Context call, @Nullable DryRun dry) {
        return require(blobs, "blobs", "photos", name).at(call, dry);
    }

    /**
     * Documents for one call.
     *
     * @param dry null when writes are real
     * @throws IllegalArgumentException when the manifest binds none under this name
     */
    public Search search(String name, Invocation call, @Nullable DryRun dry) {
        return require(searches, "search", "articles", name).at(call, dry);
    }

    /**
     * Vectors for one call.
     *
     * @param dry null when writes are real
     * @throws IllegalArgumentException when the manifest binds none under this name
     */
    public Vectors vectors(String name, Invocation call, @Nullable DryRun dry) {
        return require(vectors, "vectors", "passages, dimensions: 384", name).at(call, dry);
    }

    private <T> T require(Map<String, T> opened, String kind, String example, String name) {
        T found = opened.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "%s has no %s binding '%s': list it in function.yaml, such as `bindings: {%s: {%s: %s}}`"
                            .formatted(function, kind, name, name, kind, example));
        }
        return found;
    }

    /** Lets go of what the release alone used. */
    @Override
    public void close() {}
}
