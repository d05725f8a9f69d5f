package dev.treadle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.EventFunction;
import dev.treadle.VectorPoint;
import dev.treadle.Vectors;
import dev.treadle.testkit.VectorsContract;
import org.junit.jupiter.api.Test;

class MemoryVectorsTest extends VectorsContract {
    @Override
    protected Vectors fresh(int dimensions, Measure measure) {
        return switch (measure) {
            case COSINE -> MemoryVectors.cosine(dimensions);
            case DOT -> MemoryVectors.dot(dimensions);
            case EUCLIDEAN -> MemoryVectors.euclidean(dimensions);
        };
    }

    @Test
    void aFunctionUnderTestPutsWhereTheTestLooks() {
        MemoryVectors passages = MemoryVectors.cosine(2);
        EventFunction note =
                (event, context) ->
                        context.vectors("passages").put(VectorPoint.of(event.id(), 1, 2));
        try (TestFunction function = TestFunction.of(note).vectors("passages", passages)) {
            function.event(function.newEvent("order").id("1").build());
        }

        assertThat(passages.get("1")).isPresent();
    }

    @Test
    void whatIsNotBoundIsSaid() {
        EventFunction note = (event, context) -> context.vectors("passages").delete(event.id());
        try (TestFunction function = TestFunction.of(note).name("note")) {
            EventResult result = function.event(function.newEvent("order").build());

            assertThat(result).asString().contains("note has no vectors binding 'passages'");
        }
    }
}
