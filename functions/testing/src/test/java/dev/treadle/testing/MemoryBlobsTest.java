package dev.treadle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Blobs;
import dev.treadle.EventFunction;
import dev.treadle.testkit.BlobsContract;
import org.junit.jupiter.api.Test;

class MemoryBlobsTest extends BlobsContract {
    @Override
    protected Blobs fresh() {
        return MemoryBlobs.create();
    }

    @Test
    void aFunctionUsesWhatTheTestGivesIt() {
        MemoryBlobs blobs = MemoryBlobs.create();
        EventFunction keeps =
                (event, context) -> context.blobs("photos").put(event.type(), event.data());
        try (TestFunction function = TestFunction.of(keeps).blobs("photos", blobs)) {
            function.event(function.newEvent("order").text("content").build());
        }

        assertThat(blobs.get("order").orElseThrow().bytes()).asString().isEqualTo("content");
    }
}
