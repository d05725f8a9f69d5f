package dev.treadle.server.oip;

import java.time.Duration;
import java.util.Optional;

/**
 * How the node's models are served to inference clients.
 *
 * @param host where it listens
 * @param port 0 for any free one
 * @param token what clients must send as a bearer token; empty for none
 * @param payloadBytesMax the largest body
 * @param timeout how long an inference may take
 */
public record OipConfig(
        String host, int port, Optional<String> token, int payloadBytesMax, Duration timeout) {
    /** How many characters a token has at least. */
    public static final int TOKEN_MIN = 16;

    @Override
    public String toString() {
        return "OipConfig[%s:%d, %s]"
                .formatted(host, port, token.isPresent() ? "with a token" : "open");
    }
}
