package dev.treadle.benchmarks.process;

import dev.treadle.Search;
import dev.treadle.bindings.BindingMeter;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.Guard;
import dev.treadle.bindings.Turnstile;
import dev.treadle.bindings.search.BoundSearch;
import dev.treadle.bindings.search.LuceneHome;
import dev.treadle.bindings.search.SearchProvider;
import dev.treadle.bindings.search.SearchProviders;
import dev.treadle.bindings.search.SearchSettings;
import dev.treadle.bindings.search.SearchStore;
import dev.treadle.bindings.search.opensearch.OpenSearchSettings;
import dev.treadle.testkit.TestCall;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Documents as calls of functions have them, without a node. */
public final class SearchLab implements AutoCloseable {
    private static final Capacity CAPACITY = new Capacity(128, 1000, Duration.ofSeconds(30));

    private final LuceneHome home;
    private final SearchProvider provider;
    private final SearchStore store;
    private final Turnstile turnstile = new Turnstile(CAPACITY.callsMax(), CAPACITY.waitingMax());
    private final BindingMeter meter = new BindingMeter();

    private SearchLab(Path folder, SearchSettings.Source source) {
        this.home = new LuceneHome(folder);
        this.provider = new SearchProviders(home).provider(new SearchSettings(CAPACITY, source));
        this.store = provider.store("bench");
    }

    /** In a Lucene in this folder. */
    public static SearchLab embedded(Path folder) {
        return new SearchLab(folder, SearchSettings.Lucene.DEFAULT);
    }

    /** In the OpenSearch at this URL. */
    public static SearchLab openSearch(Path folder, String url) {
        return new SearchLab(
                folder,
                new SearchSettings.OpenSearch(
                        new OpenSearchSettings(
                                List.of(URI.create(url)), Optional.empty(), Optional.empty())));
    }

    /** What {@code context.search} gives to one call. */
    public Search search() {
        Guard guard =
                new Guard(
                        "words", provider, turnstile, meter, TestCall.PATIENT, CAPACITY.timeout());
        return new BoundSearch(store, guard);
    }

    @Override
    public void close() {
        provider.close();
        home.close();
    }
}
