package dev.treadle.server;

import dev.treadle.server.oip.OipConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code oip}: whether and how models are served to inference clients. For one thread. */
final class OipReader {
    private static final int PAYLOAD_MAX = 64 << 20;
    private static final int OFF = -1;

    private final ConfigKeys keys;
    private final List<String> errors;

    OipReader(ConfigKeys keys, List<String> errors) {
        this.keys = keys;
        this.errors = errors;
    }

    /** Empty when no port is given. */
    Optional<OipConfig> read() {
        int port = keys.integer("oip.port", 0, 65_535, OFF);
        int grpcPort = keys.integer("oip.grpc-port", 0, 65_535, OFF);
        Optional<String> token = new TokenReader(keys, errors).read("oip.token");
        if (port == OFF && grpcPort != OFF) {
            errors.add("oip.grpc-port wants oip.port beside it");
        }
        OipConfig config =
                new OipConfig(
                        keys.text("oip.host").orElse("127.0.0.1"),
                        Math.max(0, port),
                        grpcPort == OFF ? OptionalInt.empty() : OptionalInt.of(grpcPort),
                        new TlsReader(keys, errors).read("oip"),
                        token,
                        (int) keys.bytes("oip.payload-max", 1024, 1 << 30, PAYLOAD_MAX),
                        keys.duration("oip.timeout", Duration.ofSeconds(30)));
        return port == OFF ? Optional.empty() : Optional.of(config);
    }
}
