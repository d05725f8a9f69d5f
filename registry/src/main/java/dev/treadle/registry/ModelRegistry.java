package dev.treadle.registry;

import dev.treadle.registry.Registry.Watch;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the releases and aliases of models, and promises what {@link Registry} does: a change is
 * there whole or not at all, and outlives a crash once the method has returned. Safe for threads.
 *
 * <p>All methods throw {@link java.io.UncheckedIOException} when the store cannot be read or
 * written; then nothing has changed.
 */
public interface ModelRegistry {
    /** A model as it is now. Cheap: no reading from disk or network. */
    Optional<DeployedModel> model(ModelName name);

    /** All models by name, as they are now. */
    Collection<DeployedModel> models();

    /**
     * Makes the model's next release and points {@code alias} at it alone.
     *
     * @param artifact must be in the artifact store
     * @param description what is in it
     * @param alias usually {@code live}
     * @throws RegistryException when the artifact is not there, or the alias's name is not legal
     */
    ModelRelease push(ModelName name, Digest artifact, ModelDescription description, String alias);

    /**
     * Points an alias at releases.
     *
     * @throws RegistryException when the model or one of the releases is not there
     */
    DeployedModel setAlias(ModelName name, String alias, Split split);

    /**
     * Removes an alias.
     *
     * @throws RegistryException when it is not there, or is {@code live}
     */
    DeployedModel removeAlias(ModelName name, String alias);

    /**
     * Removes a model with all its releases and aliases. Its numbers are not used again if a model
     * of that name comes back.
     *
     * @throws RegistryException when it is not there
     */
    void delete(ModelName name);

    /** As {@link Registry#watch}. */
    Watch watch(Consumer<ModelName> listener);
}
