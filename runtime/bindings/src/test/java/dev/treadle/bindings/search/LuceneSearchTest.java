package dev.treadle.bindings.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.BindingFailed;
import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.TestGuard;
import dev.treadle.testkit.SearchNearContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneSearchTest extends SearchNearContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;
    private LuceneHome home;
    private int stores;

    @BeforeEach
    void open() {
        home = new LuceneHome(folder.resolve("search"));
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Override
    protected Search fresh() {
        return bound(home, "s-" + stores++, 1_000_000);
    }

    private static Search bound(LuceneHome home, String store, int documentsMax) {
        SearchProvider provider = new LuceneProvider(home, documentsMax, PATIENCE);
        return new BoundSearch(provider.store(store), TestGuard.of(provider));
    }

    @Test
    void documentsAndTheirKindsOutliveTheHome() {
        Search before = bound(home, "a", 10);
        before.put(SearchDocument.of("1").text("title", "maps").number("price", 1));
        home.close();

        try (LuceneHome again = new LuceneHome(folder.resolve("search"))) {
            Search after = bound(again, "a", 10);
            assertThat(after.find(SearchQuery.of("maps")).total()).isEqualTo(1);
            assertThatThrownBy(() -> after.put(SearchDocument.of("2").text("price", "dear")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the field 'price' holds numbers");
        }
    }

    @Test
    void aStoreThatIsFullTakesNoMoreButReplaces() {
        Search search = bound(home, "a", 2);
        for (int i = 0; i < 10; i++) {
            search.put(SearchDocument.of("1").number("round", i));
        }
        search.put(SearchDocument.of("2").number("round", 0));
        search.put(SearchDocument.of("1").number("round", 11));

        assertThatThrownBy(() -> search.put(SearchDocument.of("3")))
                .isInstanceOf(BindingFailed.class)
                .hasMessageContaining("the store has 2 documents, as many as it may have");
        search.delete("2");
        search.put(SearchDocument.of("3"));
        assertThat(search.get("3")).isPresent();
    }

    @Test
    void manyCallersAtOnceFillAStoreAndNoMore() throws Exception {
        Search search = bound(home, "a", 100);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int first = i * 20;
            callers.add(Thread.ofVirtual().start(() -> putTwenty(search, first)));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(search.find(SearchQuery.all().asFresh()).total()).isEqualTo(100);
    }

    private static void putTwenty(Search search, int first) {
        for (int i = first; i < first + 20; i++) {
            try {
                search.put(SearchDocument.of("d-" + i).number("round", i));
            } catch (BindingFailed e) {
                assertThat(e).hasMessageContaining("as many as it may have");
            }
        }
    }

    @Test
    void documentsThatDoNotFitTogetherAreAllRefused() {
        Search search = bound(home, "a", 2);
        search.put(SearchDocument.of("1"));

        assertThatThrownBy(
                        () ->
                                search.put(
                                        List.of(
                                                SearchDocument.of("1"),
                                                SearchDocument.of("2"),
                                                SearchDocument.of("3"))))
                .isInstanceOf(BindingFailed.class)
                .hasMessageContaining("has 1 documents, and may have 2, so 2 more do not fit");
        assertThat(search.find(SearchQuery.all().asFresh()).total()).isEqualTo(1);
    }

    @Test
    void anInterruptedCallDoesNotHarmTheIndex() {
        Search search = bound(home, "a", 10);
        search.put(SearchDocument.of("1").text("title", "maps"));
        for (int i = 0; i < 50; i++) {
            Thread.currentThread().interrupt();
            putOrGiveUp(search);
            assertThat(Thread.interrupted()).isTrue();
        }
        search.put(SearchDocument.of("3").text("title", "charts"));
        assertThat(search.find(SearchQuery.of("maps").asFresh()).total()).isEqualTo(1);
        assertThat(search.get("3")).isPresent();
    }

    private static void putOrGiveUp(Search search) {
        try {
            search.put(SearchDocument.of("2").text("title", "x".repeat(1000)));
            search.find(SearchQuery.of("maps").asFresh());
        } catch (BindingFailed e) {
            assertThat(e.reason()).isEqualTo(BindingFailed.Reason.UNAVAILABLE);
        }
    }

    @Test
    void aFolderThatCannotBeOpenedIsSaidAndTriedAgain() throws Exception {
        Path place = Files.createDirectories(folder.resolve("search")).resolve("a");
        Files.writeString(place, "not a folder");
        Search search = bound(home, "a", 10);

        assertThatThrownBy(() -> search.put(SearchDocument.of("1")))
                .isInstanceOf(BindingFailed.class)
                .hasMessageContaining("TR-5005")
                .hasMessageContaining("the index failed");
        assertThat(home.trouble().orElseThrow()).startsWith("a: the index failed");
        Files.delete(place);
        search.put(SearchDocument.of("1"));
        assertThat(home.trouble()).isEmpty();
    }

    @Test
    void aHomeThatIsClosedTakesNothing() {
        SearchStore store = new LuceneProvider(home, 10, PATIENCE).store("a");
        home.close();

        assertThatThrownBy(() -> store.get("1"))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("the node is stopping");
    }

    @Test
    void aDryRunSeesItsOwnWritesAndNobodyElseDoes() {
        SearchStore real = new LuceneProvider(home, 10, PATIENCE).store("a");
        real.put(
                List.of(
                        SearchDocument.of("1").text("title", "maps"),
                        SearchDocument.of("2").text("title", "maps"),
                        SearchDocument.of("3").text("title", "maps")));
        List<String> told = new ArrayList<>();
        DrySearch dry = new DrySearch(real.overlaid(), told::add);

        dry.put(List.of(SearchDocument.of("1").text("title", "charts")));
        dry.put(List.of(SearchDocument.of("4").text("title", "maps").keywords("tags", "new")));
        dry.delete(List.of("2"));
        dry.delete(List.of("4"));
        dry.put(List.of(SearchDocument.of("5").text("title", "maps")));

        assertThat(found(dry, "maps")).containsExactly("3", "5");
        assertThat(found(dry, "charts")).containsExactly("1");
        assertThat(dry.get("2")).isEmpty();
        assertThat(dry.get("1").flatMap(each -> each.text("title")))
                .isEqualTo(Optional.of("charts"));
        assertThat(found(real, "maps")).containsExactly("1", "2", "3");
        assertThat(told)
                .containsExactly(
                        "put 1, 1 fields",
                        "put 4, 2 fields",
                        "delete 2",
                        "delete 4",
                        "put 5, 1 fields");
        assertThatThrownBy(() -> dry.put(List.of(SearchDocument.of("6").number("title", 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> found(SearchStore store, String text) {
        return store.find(SearchQuery.of(text).ascending("none").asFresh()).hits().stream()
                .map(hit -> hit.id())
                .sorted()
                .toList();
    }
}
