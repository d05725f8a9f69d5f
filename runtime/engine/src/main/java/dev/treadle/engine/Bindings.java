package dev.treadle.engine;

import dev.treadle.Blobs;
import dev.treadle.Context;
import dev.treadle.Invocation;
import dev.treadle.Kv;
import dev.treadle.Model;
import dev.treadle.Search;
import dev.treadle.Table;
import dev.treadle.Vectors;
import dev.treadle.registry.Release;
import dev.treadle.trigger.Effects;

/** What is behind the bindings of releases. Safe for threads. */
@FunctionalInterface
public interface Bindings {
    /** For an engine without: no function has any. */
    Bindings NONE = _ -> Opened.NONE;

    /**
     * Opens what a release binds; called when it is loaded. Waits for nothing outside of the node.
     *
     * @throws RuntimeException when it cannot; the release is not loaded then
     */
    Opened open(Release release);

    /** What one loaded release binds. Safe for threads. */
    interface Opened extends AutoCloseable {
        Opened NONE =
                new Opened() {
                    @Override
                    public Kv kv(String binding, Invocation call, Effects effects) {
                        throw new IllegalArgumentException("no kv binding '" + binding + "'");
                    }

                    @Override
                    public Table table(String binding, Invocation call, Effects effects) {
                        throw new IllegalArgumentException("no table binding '" + binding + "'");
                    }

                    @Override
                    public Model model(String binding, Invocation call) {
                        throw new IllegalArgumentException("no model binding '" + binding + "'");
                    }

                    @Override
                    public Blobs blobs(String binding, Context call, Effects effects) {
                        throw new IllegalArgumentException("no blobs binding '" + binding + "'");
                    }

                    @Override
                    public Search search(String binding, Invocation call, Effects effects) {
                        throw new IllegalArgumentException("no search binding '" + binding + "'");
                    }

                    @Override
                    public Vectors vectors(String binding, Invocation call, Effects effects) {
                        throw new IllegalArgumentException("no vectors binding '" + binding + "'");
                    }

                    @Override
                    public void close() {}
                };

        /**
         * Keys and values for one call.
         *
         * @param effects what becomes of its writes
         * @throws IllegalArgumentException when the manifest binds none under this name
         */
        Kv kv(String binding, Invocation call, Effects effects);

        /**
         * A model for one call.
         *
         * @throws IllegalArgumentException when the manifest binds none under this name
         */
        Model model(String binding, Invocation call);

        /**
         * A table for one call.
         *
         * @param effects what becomes of its writes
         * @throws IllegalArgumentException when the manifest binds none under this name
         */
        Table table(String binding, Invocation call, Effects effects);

        /**
         * Blobs for one call.
         *
         * @param call publishes what tells of puts
         * @param effects what becomes of its writes
         * @throws IllegalArgumentException when the manifest binds none under this name
         */
        Blobs blobs(String binding, Context call, Effects effects);

        /**
         * Documents for one call.
         *
         * @param effects what becomes of its writes
         * @throws IllegalArgumentException when the manifest binds none under this name
         */
        Search search(String binding, Invocation call, Effects effects);

        /**
         * Vectors for one call.
         *
         * @param effects what becomes of its writes
         * @throws IllegalArgumentException when the manifest binds none under this name
         */
        Vectors vectors(String binding, Invocation call, Effects effects);

        /** Called once, when the release is unloaded: after its last call and its own end. */
        @Override
        void close();
    }
}
