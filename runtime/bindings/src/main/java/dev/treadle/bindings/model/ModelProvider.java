package dev.treadle.bindings.model;

import dev.treadle.Invocation;
import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.bindings.Provider;
import dev.treadle.bindings.StoreFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs models. Safe for threads. */
public interface ModelProvider extends Provider {
    /**
     * The release of a model that an invocation uses: the same one each time, while nobody moves
     * it.
     *
     * @throws StoreFailure when there is none
     */
    Chosen choose(String model, Invocation call);

    /** Why a model cannot be run now; empty when it can. */
    Optional<String> trouble(String model);

    /** A release of a model. */
    interface Chosen {
        ModelSignature signature();

        /**
         * Runs it.
         *
         * @param batchMax how many rows may run together with other calls; 0 for the usual
         * @param patience how long this may take
         * @throws dev.treadle.TensorMismatch when an input is not as the model wants it
         * @throws StoreFailure when it could not be run
         */
        Map<String, Tensor> run(Map<String, Tensor> inputs, int batchMax, Duration patience);
    }
}
