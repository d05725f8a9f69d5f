package dev.treadle.trigger.nats.server;

import java.io.IOException;
import java.nio.file.Path;

/** A place from where a nats-server can be fetched. */
interface BinarySource {
    /** What is tried, for people. */
    String what();

    /**
     * Fetches it.
     *
     * @param folder an empty folder of its own
     * @return the program, somewhere in the folder
     * @throws IOException when it cannot be had this way; the message says why
     */
    Path fetch(Path folder) throws IOException, InterruptedException;
}
