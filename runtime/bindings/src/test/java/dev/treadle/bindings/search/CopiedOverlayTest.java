package dev.treadle.bindings.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.bindings.TestGuard;
import dev.treadle.testkit.SearchNearContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dry run on a store elsewhere has a store like any other. */
class CopiedOverlayTest extends SearchNearContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;
    private LuceneHome home;
    private SearchProvider provider;
    private int stores;

    @BeforeEach
    void open() {
        home = new LuceneHome(folder);
        provider = new LuceneProvider(home, 1_000_000, PATIENCE);
    }

    @AfterEach
    void close() {
        home.close();
    }

    /** What is really there was deleted by the run. */
    @Override
    protected Search fresh() {
        String store = "s-" + stores++;
        SearchStore real = provider.store(store);
        real.put(List.of(SearchDocument.of("atlas").text("title", "maps same words")));
        SearchStore overlay = over(store, real);
        overlay.delete(List.of("atlas"));
        return new BoundSearch(overlay, TestGuard.of(provider));
    }

    private SearchStore over(String store, SearchStore real) {
        return CopiedOverlay.over(
                real,
                () -> home.index(store).read(true, PATIENCE, (_, schema) -> schema),
                PATIENCE);
    }

    @Test
    void moreThanCanBeCopiedIsRefusedOnlyToARunThatHasWritten() {
        SearchStore real = provider.store("many");
        for (int from = 0; from < 2000; from += 1000) {
            real.put(
                    IntStream.range(from, from + 1000)
                            .mapToObj(i -> SearchDocument.of("d" + i).text("title", "same " + i))
                            .toList());
        }
        SearchStore dry = over("many", real);
        assertThat(dry.find(SearchQuery.of("same").asFresh()).total()).isEqualTo(2000);
        dry.put(List.of(SearchDocument.of("own").text("title", "same 1500")));

        assertThat(dry.find(SearchQuery.of("same 1500").withoutTypos()).total()).isEqualTo(2);
        assertThatThrownBy(() -> dry.find(SearchQuery.of("same")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("at most 1000 documents")
                .hasMessageContaining("this query finds 2000");
    }
}
