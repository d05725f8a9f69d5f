package dev.treadle.server.oip;

import dev.treadle.server.Bearer;
import dev.treadle.trigger.http.HttpTriggerConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the node's models are served to inference clients.
 *
 * @param host where it listens
 * @param port for HTTP; 0 for any free one
 * @param grpcPort for gRPC; 0 for any free one, empty for none
 * @param tls of both; empty for none
 * @param token what clients must send as a bearer token; empty for none
 * @param payloadBytesMax the largest body or message
 * @param timeout how long an inference may take
 */
public record OipConfig(
        String host,
        int port,
        OptionalInt grpcPort,
        Optional<HttpTriggerConfig.Tls> tls,
        Optional<String> token,
        int payloadBytesMax,
        Duration timeout) {
    /** Whether a caller with this {@code Authorization} header may use models. */
    boolean lets(String authorization) {
        return token.isEmpty() || Bearer.carries(authorization, token.get());
    }

    @Override
    public String toString() {
        return "OipConfig[%s:%d, %s]"
                .formatted(host, port, token.isPresent() ? "with a token" : "open");
    }
}
