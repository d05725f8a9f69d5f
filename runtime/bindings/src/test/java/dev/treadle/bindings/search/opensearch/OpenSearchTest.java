package dev.treadle.bindings.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.BindingFailed;
import dev.treadle.BindingFailed.Reason;
import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchFilter;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults.Hit;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.search.BoundSearch;
import dev.treadle.bindings.search.DrySearch;
import dev.treadle.bindings.search.SearchStore;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.FreePort;
import dev.treadle.testkit.OpenSearchProcess;
import dev.treadle.testkit.SearchNearContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real OpenSearch. */
class OpenSearchTest extends SearchNearContract {
    private static final long PAUSE_NANOS = 5_000_000;

    private static final AtomicInteger STORES = new AtomicInteger();
    @TempDir static Path folder;
    private static OpenSearchProcess server;
    private static OpenSearchProvider provider;

    @BeforeAll
    static void start() throws IOException {
        server = OpenSearchProcess.start(folder);
        provider = provider(Duration.ofSeconds(30));
    }

    @AfterAll
    static void stop() {
        try (OpenSearchProcess _ = server;
                OpenSearchProvider _ = provider) {
            // closes what was started, the provider first
        }
    }

    private static OpenSearchProvider provider(Duration timeout) {
        return provider(server.url(), timeout);
    }

    private static OpenSearchProvider provider(String url, Duration timeout) {
        OpenSearchSettings settings =
                new OpenSearchSettings(
                        List.of(URI.create(url)), Optional.empty(), Optional.empty());
        return new OpenSearchProvider(new OpenSearchHome(settings, 8, timeout));
    }

    @Override
    protected Search fresh() {
        return bound(provider, nextStore());
    }

    private static String nextStore() {
        return "s-" + STORES.incrementAndGet();
    }

    private static Search bound(OpenSearchProvider from, String store) {
        return new BoundSearch(from.store(store), TestGuard.of(from));
    }

    @Test
    void nodesShareAStoreAndItsKinds() {
        try (OpenSearchProvider other = provider(Duration.ofSeconds(30))) {
            String store = nextStore();
            Search one = bound(provider, store);
            Search two = bound(other, store);
            one.put(SearchDocument.of("1").text("title", "maps"));
            two.put(SearchDocument.of("2").text("body", "maps").vector("v", 1, 2, 3));
            one.put(SearchDocument.of("3").number("price", 3));

            Eventually.holds(() -> two.find(SearchQuery.of("maps").asFresh()).total() == 2);
            Eventually.holds(() -> one.find(SearchQuery.of("maps").asFresh()).total() == 2);
            for (SearchDocument bad :
                    List.of(
                            SearchDocument.of("4").keywords("price", "dear"),
                            SearchDocument.of("4").keywords("title", "maps"),
                            SearchDocument.of("4").vector("v", 1, 2))) {
                for (Search each : List.of(one, two)) {
                    assertThatThrownBy(() -> each.put(bad))
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
            assertThat(one.get("4")).isEmpty();
        }
    }

    @Test
    void aStoreWhoseIndexIsGoneBeginsAnew() throws IOException {
        String store = nextStore();
        Search search = bound(provider, store);
        search.put(SearchDocument.of("1").text("title", "maps"));
        provider.home().send("DELETE", "/treadle-search-" + store + ".1", Map.of()).good();

        assertThat(search.find(SearchQuery.of("maps").asFresh()).total()).isZero();
        assertThat(search.get("1")).isEmpty();
        search.delete("1");
        search.put(SearchDocument.of("2").text("title", "maps"));
        assertThat(search.find(SearchQuery.of("maps").asFresh()).total()).isEqualTo(1);
    }

    @Test
    void largeQueriesFitTheServersBounds() {
        Search search = fresh();
        SearchDocument document = SearchDocument.of("1");
        for (int i = 0; i < SearchQuery.FIELDS_MAX; i++) {
            document = document.text("t" + i, "charming stars of kitchens " + i);
        }
        search.put(document);
        String words = "kitchens charming ".repeat(SearchQuery.WORDS_MAX / 2);
        SearchFilter filter = SearchFilter.exists("t0");
        while (filter.depth() < SearchFilter.DEPTH_MAX) {
            filter = SearchFilter.and(filter);
        }

        assertThat(search.find(SearchQuery.of(words).where(filter).asFresh()).total()).isOne();
        List<String> tags =
                IntStream.range(0, SearchFilter.VALUES_MAX).mapToObj(i -> "t" + i).toList();
        search.put(SearchDocument.of("2").keywords("tags", "t7").vector("v", 1, 2));
        SearchQuery near =
                SearchQuery.all()
                        .where(SearchFilter.in("tags", tags))
                        .near("v", new float[] {1, 2}, SearchQuery.NEAREST_MAX);
        assertThat(search.find(near.asFresh()).hits()).extracting(Hit::id).containsExactly("2");
    }

    @Test
    void manyLargeDocumentsGoInSeveralRequests() {
        Search search = fresh();
        String text = "word ".repeat(40_000);
        search.put(
                IntStream.range(0, 100)
                        .mapToObj(i -> SearchDocument.of("d" + i).text("text", text + i))
                        .toList());

        assertThat(search.find(SearchQuery.of("word").limit(0).asFresh()).total()).isEqualTo(100);
        assertThat(search.get("d99")).isPresent();
    }

    @Test
    void whatTheServerCannotKeepIsRefused() {
        Search search = fresh();
        assertThatThrownBy(
                        () ->
                                search.put(
                                        SearchDocument.of("1")
                                                .number("n", Double.POSITIVE_INFINITY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite numbers only");
    }

    @Test
    void aDryRunSeesItsOwnWritesAndNobodyElseDoes() {
        SearchStore real = provider.store(nextStore());
        real.put(
                List.of(
                        SearchDocument.of("1").text("title", "maps"),
                        SearchDocument.of("2").text("title", "maps")));
        List<String> told = new ArrayList<>();
        DrySearch dry = new DrySearch(real.overlaid(), told::add);
        assertThat(dry.find(SearchQuery.of("maps").asFresh()).total()).isEqualTo(2);
        dry.put(List.of(SearchDocument.of("3").text("title", "maps")));
        dry.delete(List.of("1"));

        assertThat(dry.find(SearchQuery.of("maps").asFresh()).hits())
                .extracting(Hit::id)
                .containsExactlyInAnyOrder("2", "3");
        assertThat(real.find(SearchQuery.of("maps").asFresh()).hits())
                .extracting(Hit::id)
                .containsExactly("1", "2");
        assertThat(told).containsExactly("put 3, 1 fields", "delete 1");
        List<SearchDocument> other = List.of(SearchDocument.of("4").number("title", 1));
        assertThatThrownBy(() -> dry.put(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anInterruptedCallEnds() throws Exception {
        Search search = fresh();
        search.put(SearchDocument.of("1"));
        server.freeze();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<SearchDocument>> call = executor.submit(() -> search.get("1"));
            executor.shutdownNow();

            assertThatThrownBy(call::get).hasCauseInstanceOf(BindingFailed.class);
        } finally {
            server.thaw();
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
        try (OpenSearchProvider impatient = provider(Duration.ofMillis(300))) {
            Search search = bound(impatient, "frozen");
            server.freeze();
            try {
                assertThatThrownBy(() -> search.get("1"))
                        .isInstanceOf(BindingFailed.class)
                        .hasMessageContaining("TR-5004 binding cache (opensearch at 127.0.0.1:")
                        .hasMessageContaining("within 300 ms");
            } finally {
                server.thaw();
            }
        }
    }

    @Test
    void aServerThatWasNeverThereIsSaidToBeMissing() throws IOException {
        String url = "http://127.0.0.1:" + FreePort.next();
        try (OpenSearchProvider absent = provider(url, Duration.ofSeconds(30))) {
            assertThat(absent.trouble().orElseThrow()).contains("Connection refused");
        }
    }

    @Test
    void callsFailTypedWhileTheServerIsKilledAndNothingAcknowledgedIsLost() throws Exception {
        Search search = fresh();
        search.put(SearchDocument.of("first").text("title", "maps"));
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<Future<List<String>>> writers = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                writers.add(executor.submit(() -> write(search, next, over)));
            }
            try {
                Eventually.holds(() -> next.get() > 20);
                server.kill();
                try {
                    Eventually.holds(() -> isUnavailable(search));
                    assertThat(provider.trouble()).isPresent();
                } finally {
                    server.startAgain();
                }
                int after = next.get();
                Eventually.holds(() -> next.get() > after + 20);
            } finally {
                over.set(true); // else nobody ends the writers
            }
        }
        assertThat(provider.trouble()).isEmpty();
        for (Future<List<String>> writer : writers) {
            for (String id : writer.get()) {
                assertThat(search.get(id)).as(id).isPresent();
            }
        }
    }

    /** The ids of what was acknowledged; whatever fails must fail as a binding does. */
    private static List<String> write(Search search, AtomicInteger next, AtomicBoolean over) {
        List<String> acknowledged = new ArrayList<>();
        while (!over.get()) {
            String id = "d" + next.incrementAndGet();
            try {
                search.put(SearchDocument.of(id).text("title", "maps"));
                acknowledged.add(id);
            } catch (BindingFailed e) {
                assertThat(e.reason()).isIn(Reason.UNAVAILABLE, Reason.BUSY);
                LockSupport.parkNanos(PAUSE_NANOS); // the server needs the processors to start
            }
        }
        return acknowledged;
    }

    private static boolean isUnavailable(Search search) {
        try {
            search.find(SearchQuery.of("maps"));
            return false;
        } catch (BindingFailed e) {
            return e.reason() == Reason.UNAVAILABLE;
        }
    }
}
