package dev.treadle.bindings;

import dev.treadle.Invocation;
import dev.treadle.Search;
import dev.treadle.bindings.search.BoundSearch;
import dev.treadle.bindings.search.DrySearch;
import dev.treadle.bindings.search.SearchProvider;
import dev.treadle.bindings.search.SearchStore;
import dev.treadle.registry.BindingSpec;
import org.jspecify.annotations.Nullable;

/** Documents that a release binds under a name. */
record OpenSearch(
        String name,
        BindingSpec.Search spec,
        Place<SearchProvider> place,
        SearchStore store,
        BindingMeter meter) {
    /**
     * @param dry null when writes are real
     */
    Search at(Invocation call, @Nullable DryRun dry) {
        Guard guard = place.guard(name, meter, call);
        return new BoundSearch(dry == null ? store : dry(dry, guard), guard);
    }

    private SearchStore dry(DryRun run, Guard guard) {
        SearchStore overlay =
                guard.run(
                        () ->
                                run.seen(
                                        "search " + spec.store(),
                                        SearchStore.class,
                                        store::overlaid));
        return new DrySearch(overlay, change -> run.told(name, change));
    }
}
