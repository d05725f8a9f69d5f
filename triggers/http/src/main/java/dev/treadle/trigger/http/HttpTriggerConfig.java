package dev.treadle.trigger.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a node listens for HTTP. Begin from {@link #defaults()}.
 *
 * @param host a name or an address of this machine; {@code 0.0.0.0} for all
 * @param port 0 for any free one
 * @param tls empty for plain HTTP
 * @param maxHeaderBytes of one request, 1 KiB to 1 MiB
 * @param maxPayloadBytes of one request, whatever a function's own limit says
 * @param maxConnections open at one time
 * @param idleTimeout how long a connection without a request stays open
 */
public record HttpTriggerConfig(
        String host,
        int port,
        Optional<Tls> tls,
        int maxHeaderBytes,
        long maxPayloadBytes,
        int maxConnections,
        Duration idleTimeout) {

    public HttpTriggerConfig {
        require(!host.isBlank(), "http.host must not be empty");
        require(port >= 0 && port <= 65_535, "http.port must be 0 to 65535, not " + port);
        require(
                maxHeaderBytes >= 1024 && maxHeaderBytes <= 1024 * 1024,
                "http.headers-max must be 1024 to 1048576, not " + maxHeaderBytes);
        require(
                maxPayloadBytes >= 1,
                "http.payload-max must be at least 1, not " + maxPayloadBytes);
        require(
                maxConnections >= 1,
                "http.connections-max must be at least 1, not " + maxConnections);
        require(
                idleTimeout.compareTo(Duration.ofSeconds(1)) >= 0,
                "http.idle-timeout must be at least PT1S, not " + idleTimeout);
    }

    /**
     * A certificate and its key.
     *
     * @param certificates PEM: the server's own first, then those that vouch for it
     * @param key PEM, not encrypted
     */
    public record Tls(Path certificates, Path key) {}

    /** Port 8080 on all addresses, 16 KiB of headers, 4 GiB of payload, 10,000 connections. */
    public static HttpTriggerConfig defaults() {
        return new HttpTriggerConfig(
                "0.0.0.0",
                8080,
                Optional.empty(),
                16 * 1024,
                4L << 30,
                10_000,
                Duration.ofMinutes(5));
    }

    /** The same at another place. */
    public HttpTriggerConfig at(String host, int port) {
        return new HttpTriggerConfig(
                host, port, tls, maxHeaderBytes, maxPayloadBytes, maxConnections, idleTimeout);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
