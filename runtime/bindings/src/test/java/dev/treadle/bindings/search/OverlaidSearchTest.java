package dev.treadle.bindings.search;

import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.bindings.TestGuard;
import dev.treadle.testkit.SearchNearContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A dry run has a store like any other. */
class OverlaidSearchTest extends SearchNearContract {
    @TempDir Path folder;
    private LuceneHome home;
    private int stores;

    @BeforeEach
    void open() {
        home = new LuceneHome(folder);
    }

    @AfterEach
    void close() {
        home.close();
    }

    /** What is really there was deleted by the run. */
    @Override
    protected Search fresh() {
        SearchProvider provider = new LuceneProvider(home, 1_000_000, Duration.ofSeconds(30));
        SearchStore real = provider.store("s-" + stores++);
        real.put(List.of(SearchDocument.of("atlas").text("title", "maps same words")));
        SearchStore overlay = real.overlaid();
        overlay.delete(List.of("atlas"));
        return new BoundSearch(overlay, TestGuard.of(provider));
    }
}
