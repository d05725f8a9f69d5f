package dev.treadle.registry;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** One entry of a manifest's {@code bindings}: a capability that the function uses by a name. */
public sealed interface BindingSpec {
    /** What a function calls its bindings. */
    Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");

    /** What functions and nodes call stores. */
    Pattern STORE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** The key that says the kind in a manifest. */
    default String kind() {
        return switch (this) {
            case Kv _ -> "kv";
            case Model _ -> "model";
            case Search _ -> "search";
            case Blobs _ -> "blobs";
            case Vectors _ -> "vectors";
            case Table _ -> "table";
        };
    }

    /** The logical name of what is bound, which the node's configuration maps to a provider. */
    String target();

    /**
     * Documents that are found by their words.
     *
     * @param store which store; functions that name the same one share it
     */
    record Search(String store) implements BindingSpec {
        @Override
        public String target() {
            return store;
        }
    }

    /**
     * A model.
     *
     * @param model its name; its alias {@code live} says which release
     * @param batchMax how many rows may run together with other calls; empty when the model's own
     *     first dimension tells
     */
    record Model(String model, OptionalInt batchMax) implements BindingSpec {
        public static final int BATCH_MAX = 4_096;

        @Override
        public String target() {
            return model;
        }
    }

    /**
     * Keys and values.
     *
     * @param store which store; functions that name the same one share it
     * @param ttl how long what is put lives when the call does not say; empty for ever
     * @param cached how old what is got may be, so that the node may keep copies; empty for as it
     *     is
     */
    record Kv(String store, Optional<Duration> ttl, Optional<Duration> cached)
            implements BindingSpec {
        public static final Duration TTL_MIN = Duration.ofSeconds(1);
        public static final Duration TTL_MAX = Duration.ofDays(3650);
        public static final Duration CACHED_MIN = Duration.ofMillis(10);
        public static final Duration CACHED_MAX = Duration.ofHours(1);

        @Override
        public String target() {
            return store;
        }
    }

    /**
     * Rows of typed columns.
     *
     * @param table which table; functions that name the same one share it
     * @param columns what the function knows of it
     * @param ttl how long a row lives when the call does not say; empty for ever
     */
    record Table(String table, TableColumns columns, Optional<Duration> ttl)
            implements BindingSpec {
        /** What functions and nodes call tables: a store's name that servers take as well. */
        public static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?");

        @Override
        public String target() {
            return table;
        }
    }

    /**
     * Files of any size.
     *
     * @param store which store; functions that name the same one share it
     * @param created the subject to which an event is published for each blob that the function
     *     puts; empty for none
     */
    record Blobs(String store, Optional<String> created) implements BindingSpec {
        @Override
        public String target() {
            return store;
        }
    }

    /**
     * Vectors that are found by what is near.
     *
     * @param store which store; functions that name the same one share it
     * @param dimensions how many each of its vectors has
     * @param distance how near is measured there
     */
    record Vectors(String store, int dimensions, Distance distance) implements BindingSpec {
        public static final int DIMENSIONS_MAX = 4_096;

        @Override
        public String target() {
            return store;
        }
    }

    /** How near two vectors are: by their angle, their product, or the way between them. */
    enum Distance {
        COSINE,
        DOT,
        EUCLIDEAN;

        /** As a manifest has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
