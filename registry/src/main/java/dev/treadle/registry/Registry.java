package dev.treadle.registry;

import java.util.function.Consumer;

/**
 * Keeps releases and aliases. A change is there whole or not at all, whatever happens to the
 * process; when a method has returned, the change outlives a crash. Safe for threads.
 *
 * <p>All methods throw {@link java.io.UncheckedIOException} when the store cannot be read or
 * written; then nothing has changed.
 */
public interface Registry extends AutoCloseable {
    /** What is deployed now. Cheap: no reading from disk or network. */
    Catalog catalog();

    /**
     * Makes the next release of {@code manifest.name()} and points {@code alias} at it alone.
     *
     * @param artifact must be in the artifact store
     * @param alias usually {@code live}
     * @param check is shown the release before it is committed; when it throws, nothing has changed
     * @return the new release
     * @throws RegistryException when the artifact is not there, or the alias's name is not legal
     */
    Release deploy(Manifest manifest, Digest artifact, String alias, Check check);

    /**
     * Points an alias at releases.
     *
     * @throws RegistryException when the function or one of the releases is not there
     */
    DeployedFunction setAlias(FunctionName function, String alias, Split split);

    /**
     * Removes an alias.
     *
     * @throws RegistryException when it is not there, or is {@code live}
     */
    DeployedFunction removeAlias(FunctionName function, String alias);

    /**
     * Removes a function with all its releases and aliases. Its numbers are not used again if a
     * function of that name comes back.
     *
     * @throws RegistryException when it is not there
     */
    void delete(FunctionName function);

    /**
     * Calls {@code listener} after each change with the function's name, in order, one at a time,
     * before the method that made the change returns.
     *
     * @return closing it ends the calls
     */
    Watch watch(Consumer<FunctionName> listener);

    @Override
    void close();

    /** Has a say before a release is committed. */
    @FunctionalInterface
    interface Check {
        Check NONE = release -> {};

        /** Throws whatever it likes to refuse; the exception reaches the caller as it is. */
        void accept(Release release);
    }

    /** A subscription. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
