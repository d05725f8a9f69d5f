package dev.treadle.bindings.vectors;

import dev.treadle.VectorPoint;
import dev.treadle.Vectors;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.search.LuceneHome;
import dev.treadle.registry.BindingSpec.Distance;
import dev.treadle.testkit.VectorsContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A dry run has a store like any other. */
class OverlaidVectorsTest extends VectorsContract {
    @TempDir Path folder;
    private LuceneHome home;
    private int stores;

    @BeforeEach
    void open() {
        home = LuceneHome.forVectors(folder);
    }

    @AfterEach
    void close() {
        home.close();
    }

    /** What is really there was deleted by the run. */
    @Override
    protected Vectors fresh(int dimensions, Measure measure) {
        VectorShape shape = new VectorShape(dimensions, Distance.valueOf(measure.name()));
        VectorProvider provider = new LuceneVectorProvider(home, 1_000, Duration.ofSeconds(30));
        VectorStore real = provider.store("s-" + stores++, shape);
        float[] vector = new float[dimensions];
        vector[0] = 1;
        real.put(List.of(VectorPoint.of("x", vector).text("title", "maps of something")));
        VectorOverlay overlay = VectorOverlay.over(real, shape);
        overlay.delete(List.of("x"));
        return new BoundVectors(overlay, shape, TestGuard.of(provider));
    }
}
