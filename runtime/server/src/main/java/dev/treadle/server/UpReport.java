package dev.treadle.server;

import java.util.List;
import java.util.Map;

/** Tells how the start of a node goes, to people or to programs. */
interface UpReport {
    /** It serves. */
    void ready(Ready ready);

    /** News of its NATS server. */
    void nats(String line);

    /** The arguments make no sense. */
    void wrong(String cause);

    /** It could not start. */
    void failed(String cause);

    /**
     * A node that serves.
     *
     * @param millis since the process began
     * @param others where it serves what is off unless its configuration says a port, by the
     *     configuration's word
     */
    record Ready(
            long millis,
            String functions,
            String admin,
            Map<String, String> others,
            String data,
            List<String> warnings) {}
}
