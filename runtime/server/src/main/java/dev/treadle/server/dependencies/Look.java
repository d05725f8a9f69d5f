package dev.treadle.server.dependencies;

import java.io.IOException;
import java.time.Duration;

/** Looks once whether something is up. */
interface Look {
    /**
     * Returns when it is.
     *
     * @throws IOException when it is not; the message says why in a few words
     */
    void look(Duration timeout) throws IOException, InterruptedException;
}
