package dev.treadle.cli.build;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes the contents of an artifact from sources, as often as asked. Not for sharing among threads.
 */
interface Build extends AutoCloseable {
    /**
     * @throws CompileFailure when the sources do not compile
     * @throws dev.treadle.cli.console.Failure when something else is in the way
     */
    Contents build() throws IOException;

    /** Whether a change of {@code path} can change what is built. */
    boolean isInput(Path path);

    /** Makes the next build as quick as the ones after it. */
    default void warmUp() {}

    @Override
    default void close() {}
}
