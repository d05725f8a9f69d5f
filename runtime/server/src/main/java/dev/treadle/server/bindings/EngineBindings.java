package dev.treadle.server.bindings;

import dev.treadle.Blobs;
import dev.treadle.Context;
import dev.treadle.Invocation;
import dev.treadle.Kv;
import dev.treadle.Model;
import dev.treadle.Search;
import dev.treadle.Table;
import dev.treadle.Vectors;
import dev.treadle.bindings.DryRun;
import dev.treadle.bindings.NodeBindings;
import dev.treadle.bindings.ReleaseBindings;
import dev.treadle.engine.Bindings;
import dev.treadle.registry.Release;
import dev.treadle.trigger.Changes;
import dev.treadle.trigger.Effects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The node's bindings as the engine wants them. */
public final class EngineBindings implements Bindings {
    private final NodeBindings node;

    public EngineBindings(NodeBindings node) {
        this.node = node;
    }

    @Override
    public Opened open(Release release) {
        return new Bound(node.open(release.function().value(), release.manifest().bindings()));
    }

    private record Bound(ReleaseBindings release) implements Opened {
        @Override
        public Kv kv(String binding, Invocation call, Effects effects) {
            return release.kv(binding, call, dry(call, effects));
        }

        @Override
        public Table table(String binding, Invocation call, Effects effects) {
            return release.table(binding, call, dry(call, effects));
        }

        @Override
        public Model model(String binding, Invocation call) {
            return release.model(binding, call);
        }

        @Override
        public Blobs blobs(String binding, Context call, Effects effects) {
            return release.blobs(binding, call, dry(call.invocation(), effects));
        }

        @Override
        public Search search(String binding, Invocation call, Effects effects) {
            return release.search(binding, call, dry(call, effects));
        }

        @Override
        public Vectors vectors(String binding, Invocation call, Effects effects) {
            return release.vectors(binding, call, dry(call, effects));
        }

        @Override
        public void close() {
            release.close();
        }
    }

    private static @Nullable DryRun dry(Invocation call, Effects effects) {
        return switch (effects) {
            case Effects.Real _ -> null;
            case Effects.Captured captured -> new Dry(call.function(), captured.changes());
        };
    }

    private record Dry(String function, Changes changes) implements DryRun {
        @Override
        public void told(String binding, String change) {
            changes.add(new Changes.Change(function, binding, change));
        }

        @Override
        public <T> T seen(String store, Class<T> type, Supplier<T> made) {
            return changes.seen(store, type, made);
        }
    }
}
