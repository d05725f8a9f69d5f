package dev.treadle.server;

import dev.treadle.server.grpc.GrpcConfig;
import java.util.List;
import java.util.Optional;

/** Reads {@code grpc}: whether and how functions are called over gRPC. For one thread. */
final class GrpcReader {
    private static final int PAYLOAD_MAX = 4 << 20;
    private static final int OFF = -1;

    private final ConfigKeys keys;
    private final List<String> errors;

    GrpcReader(ConfigKeys keys, List<String> errors) {
        this.keys = keys;
        this.errors = errors;
    }

    /** Empty when no port is given. */
    Optional<GrpcConfig> read() {
        int port = keys.integer("grpc.port", 0, 65_535, OFF);
        GrpcConfig config =
                new GrpcConfig(
                        keys.text("grpc.host").orElse("127.0.0.1"),
                        Math.max(0, port),
                        new TlsReader(keys, errors).read("grpc"),
                        new TokenReader(keys, errors).read("grpc.token"),
                        (int) keys.bytes("grpc.payload-max", 1024, 1 << 30, PAYLOAD_MAX));
        return port == OFF ? Optional.empty() : Optional.of(config);
    }
}
