package dev.treadle.bindings;

import dev.treadle.BindingFailed.Reason;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** How connections of gRPC are secured. */
public final class GrpcCredentials {
    private GrpcCredentials() {}

    /**
     * @param ca a PEM file with the certificates to trust; empty for what the JDK trusts
     */
    public static ChannelCredentials of(boolean tls, Optional<Path> ca) {
        if (!tls) {
            return InsecureChannelCredentials.create();
        }
        if (ca.isEmpty()) {
            return TlsChannelCredentials.create();
        }
        try {
            return TlsChannelCredentials.newBuilder().trustManager(ca.get().toFile()).build();
        } catch (IOException e) {
            throw new StoreFailure(
                    Reason.UNAVAILABLE,
                    "the certificates of %s cannot be read: %s".formatted(ca.get(), e.getMessage()),
                    e);
        }
    }
}
