package dev.treadle.bindings.search.meilisearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.BindingFailed;
import dev.treadle.BindingFailed.Reason;
import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults.Hit;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.search.BoundSearch;
import dev.treadle.bindings.search.DrySearch;
import dev.treadle.bindings.search.SearchStore;
import dev.treadle.testkit.SearchContract;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the provider sends and reads, against a server that speaks the documented API: no
 * Meilisearch can be had for tests. Of the contract everything runs but what Meilisearch itself
 * does otherwise.
 */
class MeilisearchTest extends SearchContract {
    private MeilisearchStub server;
    private MeilisearchProvider provider;
    private int stores;

    @BeforeEach
    void start() throws IOException {
        server = new MeilisearchStub(0);
        provider = provider(server.port(), MeilisearchStub.KEY);
    }

    @AfterEach
    void stop() {
        provider.close();
        server.close();
    }

    private static MeilisearchProvider provider(int port, String key) {
        MeilisearchSettings settings =
                new MeilisearchSettings(
                        URI.create("http://127.0.0.1:" + port),
                        Optional.of(new MeilisearchSettings.Key(key)));
        return new MeilisearchProvider(new MeilisearchHome(settings, Duration.ofSeconds(10)));
    }

    @Override
    protected Search fresh() {
        return bound(provider, "s-" + stores++);
    }

    private static Search bound(MeilisearchProvider from, String store) {
        return new BoundSearch(from.store(store), TestGuard.of(from));
    }

    @Override
    protected boolean weighsFields() {
        return false;
    }

    @Test
    void lookingNearIsRefused() {
        Search search = fresh();
        SearchDocument document = SearchDocument.of("1").vector("v", 1, 2, 3);
        search.put(document);

        assertThat(search.get("1")).contains(document);
        assertThatThrownBy(() -> search.find(SearchQuery.all().near("v", new float[] {1, 2, 3}, 1)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("a meilisearch compares no vectors here");
    }

    @Test
    void whatTheServerCannotDoIsRefused() {
        Search search = fresh();
        search.put(SearchDocument.of("1").text("title", "maps"));

        assertThatThrownBy(() -> search.find(SearchQuery.of("w ".repeat(11))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 10 words, this text has 11");
        assertThatThrownBy(() -> search.put(SearchDocument.of("2").keywords("k", "x".repeat(231))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("filters by 230 at most");
        assertThatThrownBy(
                        () ->
                                search.put(
                                        SearchDocument.of("2")
                                                .number("n", Double.POSITIVE_INFINITY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite numbers only");
    }

    @Test
    void nodesShareAStoreAndItsKinds() {
        try (MeilisearchProvider other = provider(server.port(), MeilisearchStub.KEY)) {
            Search one = bound(provider, "shared");
            Search two = bound(other, "shared");
            one.put(SearchDocument.of("1").text("title", "maps"));
            two.put(SearchDocument.of("2").number("price", 1));

            assertThat(two.find(SearchQuery.of("maps")).hits())
                    .extracting(Hit::id)
                    .containsExactly("1");
            SearchDocument bad = SearchDocument.of("3").keywords("title", "maps");
            assertThatThrownBy(() -> two.put(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aDryRunSeesItsOwnWritesAndNobodyElseDoes() {
        SearchStore real = provider.store("dry");
        real.put(List.of(SearchDocument.of("1").text("title", "maps")));
        List<String> told = new ArrayList<>();
        DrySearch dry = new DrySearch(real.overlaid(), told::add);
        dry.put(List.of(SearchDocument.of("2").text("title", "maps")));
        dry.delete(List.of("1"));

        assertThat(dry.find(SearchQuery.of("maps")).hits())
                .extracting(Hit::id)
                .containsExactly("2");
        assertThat(real.find(SearchQuery.of("maps")).hits())
                .extracting(Hit::id)
                .containsExactly("1");
        assertThat(told).containsExactly("put 2, 1 fields", "delete 1");
    }

    @Test
    void aWrongKeyIsSaidAndNotShown() {
        try (MeilisearchProvider stranger = provider(server.port(), "wr0ng-key")) {
            assertThat(stranger.trouble().orElseThrow())
                    .contains("invalid_api_key")
                    .doesNotContain("wr0ng-key");
            assertThatThrownBy(() -> bound(stranger, "a").put(SearchDocument.of("1")))
                    .isInstanceOf(BindingFailed.class)
                    .hasMessageContaining("TR-5005");
        }
    }

    @Test
    void whatIsNoMeilisearchsAnswerIsAsIfThereWereNone() {
        for (String body : List.of("", "<html>502</html>")) {
            server.answerOnly(503, body);
            assertThatThrownBy(() -> provider.store("a").get("1"))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
        }
    }

    @Test
    void callsFailWhileTheServerIsGoneAndGoOnWhenItIsBack() throws IOException {
        Search search = fresh();
        search.put(SearchDocument.of("1").text("title", "maps"));
        int port = server.port();
        server.close();
        assertThatThrownBy(() -> search.get("1"))
                .isInstanceOfSatisfying(
                        BindingFailed.class,
                        failed -> {
                            assertThat(failed.reason()).isEqualTo(Reason.UNAVAILABLE);
                            assertThat(failed.provider())
                                    .isEqualTo("meilisearch at 127.0.0.1:" + port);
                        });
        assertThat(provider.trouble()).isPresent();
        server = new MeilisearchStub(port);

        assertThat(search.get("1")).isEmpty();
        assertThat(provider.trouble()).isEmpty();
    }
}
