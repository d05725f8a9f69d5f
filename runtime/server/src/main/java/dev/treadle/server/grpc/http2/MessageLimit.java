package dev.treadle.server.grpc.http2;

import io.grpc.Status;

/**
 * How large a message may be.
 *
 * @param key the configuration's word for it
 */
public record MessageLimit(int bytesMax, String key) {
    /** What a client hears whose message is larger. */
    Status exceeded(long bytes) {
        return Status.RESOURCE_EXHAUSTED.withDescription(
                "a message of %d bytes exceeds maximum size, %d (%s)"
                        .formatted(bytes, bytesMax, key));
    }
}
