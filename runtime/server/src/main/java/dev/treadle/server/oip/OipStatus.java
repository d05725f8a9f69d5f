package dev.treadle.server.oip;

import dev.treadle.protocols.tensors.BadTensor;
import io.grpc.Status;

/** What failed in gRPC's words. */
final class OipStatus {
    private static final System.Logger LOG = System.getLogger(OipStatus.class.getName());

    private OipStatus() {}

    static Status of(RuntimeException failure) {
        return switch (failure) {
            case BadTensor e ->
                    Status.INVALID_ARGUMENT.withDescription("inputs: " + e.getMessage());
            case OipError e -> of(e.status()).withDescription(e.getMessage());
            default -> {
                LOG.log(System.Logger.Level.ERROR, "an inference over gRPC failed", failure);
                yield Status.INTERNAL.withDescription("Treadle itself failed; see the node's log");
            }
        };
    }

    private static Status of(int status) {
        return switch (status) {
            case 400 -> Status.INVALID_ARGUMENT;
            case 404 -> Status.NOT_FOUND;
            case 503 -> Status.RESOURCE_EXHAUSTED;
            case 504 -> Status.DEADLINE_EXCEEDED;
            default -> Status.INTERNAL;
        };
    }
}
