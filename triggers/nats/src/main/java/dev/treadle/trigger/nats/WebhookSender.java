package dev.treadle.trigger.nats;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Posts over HTTP. Safe for threads. */
@FunctionalInterface
public interface WebhookSender {
    /**
     * Posts once; follows no redirect.
     *
     * @return the status of the answer
     * @throws IOException when there is none in time
     */
    int post(URI url, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException;
}
