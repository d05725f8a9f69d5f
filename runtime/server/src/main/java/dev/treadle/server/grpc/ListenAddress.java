package dev.treadle.server.grpc;

import dev.treadle.trigger.http.HttpTriggerConfig.Tls;
import java.util.Optional;

/**
 * Where a listener is to be.
 *
 * @param port 0 for any free one
 * @param portKey the configuration's word for the port
 * @param tls empty for none
 */
public record ListenAddress(String host, int port, String portKey, Optional<Tls> tls) {}
