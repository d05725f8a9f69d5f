package dev.treadle.benchmarks.process;

import dev.treadle.SearchFilter;
import dev.treadle.VectorPoint;
import dev.treadle.VectorQuery;
import dev.treadle.Vectors;
import dev.treadle.bindings.BindingMeter;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.Guard;
import dev.treadle.bindings.Turnstile;
import dev.treadle.bindings.search.LuceneHome;
import dev.treadle.bindings.vectors.BoundVectors;
import dev.treadle.bindings.vectors.VectorProvider;
import dev.treadle.bindings.vectors.VectorProviders;
import dev.treadle.bindings.vectors.VectorSettings;
import dev.treadle.bindings.vectors.VectorShape;
import dev.treadle.bindings.vectors.VectorStore;
import dev.treadle.registry.BindingSpec.Distance;
import dev.treadle.testkit.TestCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Vectors as calls of functions have them, without a node. */
public final class VectorsLab implements AutoCloseable {
    /** What each tenth point passes, from the first on. */
    public static final SearchFilter TENTH = SearchFilter.is("tenth", true);

    /** Writing waits for the graph to be built. */
    private static final Capacity PATIENT = new Capacity(128, 1000, Duration.ofMinutes(5));

    private final LuceneHome home;
    private final VectorProvider provider;
    private final VectorShape shape;
    private final VectorStore store;
    private final Turnstile turnstile = new Turnstile(128, 1000);
    private final BindingMeter meter = new BindingMeter();

    private VectorsLab(Path folder, int dimensions) {
        this.home = LuceneHome.forVectors(folder);
        this.provider =
                new VectorProviders(home)
                        .provider(new VectorSettings(PATIENT, VectorSettings.Lucene.DEFAULT));
        this.shape = new VectorShape(dimensions, Distance.COSINE);
        this.store = provider.store("bench", shape);
    }

    /** In an index in this folder. */
    public static VectorsLab embedded(Path folder, int dimensions) {
        return new VectorsLab(folder, dimensions);
    }

    /** What {@code context.vectors} gives to one call. */
    public Vectors vectors() {
        Guard guard =
                new Guard(
                        "points", provider, turnstile, meter, TestCall.PATIENT, PATIENT.timeout());
        return new BoundVectors(store, shape, guard);
    }

    /** Puts vectors there by their numbers, and waits until they are found. */
    public void fill(List<float[]> all) {
        for (int from = 0; from < all.size(); from += Vectors.BATCH_MAX) {
            List<VectorPoint> points = new ArrayList<>();
            for (int i = from; i < Math.min(all.size(), from + Vectors.BATCH_MAX); i++) {
                points.add(
                        VectorPoint.of(Integer.toString(i), all.get(i)).flag("tenth", i % 10 == 0));
            }
            vectors().put(points);
        }
        vectors().find(VectorQuery.near(all.getFirst()).asFresh());
    }

    @Override
    public void close() {
        provider.close();
        home.close();
    }
}
