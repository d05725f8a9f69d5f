package dev.treadle.bindings.model.oip;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.GrpcCodes;
import dev.treadle.bindings.GrpcCredentials;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.protocols.oip.GRPCInferenceServiceGrpc;
import dev.treadle.protocols.oip.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The connection to a server; made by the first call. Safe for threads. */
final class OipHome implements AutoCloseable {
    private static final int ANSWER_BYTES_MAX = 256 << 20;

    /** Notices a connection whose other end is gone without a word. */
    private static final Duration KEPT_ALIVE_EACH = Duration.ofSeconds(30);

    private static final Metadata.Key<String> AUTHORIZATION = key("authorization");

    private final OipModel model;

    /** Guarded by this. */
    private @Nullable ManagedChannel channel;

    /** Guarded by this. */
    private boolean closed;

    OipHome(OipModel model) {
        this.model = model;
    }

    static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    /**
     * Calls it, and waits for its answer no longer than that.
     *
     * @param metadata goes along with the call
     */
    <T> T call(
            Metadata metadata,
            Duration patience,
            Function<GRPCInferenceServiceBlockingStub, T> call) {
        ManagedChannel open = channel();
        Metadata all = new Metadata();
        all.merge(metadata);
        model.token().ifPresent(token -> all.put(AUTHORIZATION, "Bearer " + token));
        try {
            return call.apply(
                    GRPCInferenceServiceGrpc.newBlockingStub(open)
                            .withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS)
                            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(all)));
        } catch (StatusRuntimeException e) {
            throw failed(open, e);
        }
    }

    /** A failed connection is tried again by the next call, not after a pause that grows. */
    private static StoreFailure failed(ManagedChannel open, StatusRuntimeException e) {
        Status status = e.getStatus();
        String text =
                status.getCode()
                        + (status.getDescription() == null ? "" : ": " + status.getDescription());
        return switch (GrpcCodes.of(status)) {
            case UNAVAILABLE -> {
                open.resetConnectBackoff();
                yield new StoreFailure(Reason.UNAVAILABLE, "it cannot be reached: " + text, e);
            }
            case DEADLINE_EXCEEDED, CANCELLED ->
                    new StoreFailure(Reason.UNAVAILABLE, "no answer in time: " + text, e);
            case RESOURCE_EXHAUSTED ->
                    new StoreFailure(Reason.UNAVAILABLE, "it takes no more: " + text, e);
            default -> new StoreFailure(Reason.FAILED, text, e);
        };
    }

    private synchronized ManagedChannel channel() {
        if (closed) {
            throw new StoreFailure(Reason.UNAVAILABLE, "the node is stopping", null);
        }
        ManagedChannel open = channel;
        if (open == null) {
            open =
                    Grpc.newChannelBuilderForAddress(
                                    model.host(),
                                    model.port(),
                                    GrpcCredentials.of(model.tls(), model.ca()))
                            .maxInboundMessageSize(ANSWER_BYTES_MAX)
                            .keepAliveTime(KEPT_ALIVE_EACH.toSeconds(), TimeUnit.SECONDS)
                            .build();
            channel = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (channel != null) {
            channel.shutdownNow();
        }
    }
}
