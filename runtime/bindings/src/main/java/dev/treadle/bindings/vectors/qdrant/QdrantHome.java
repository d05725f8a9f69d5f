package dev.treadle.bindings.vectors.qdrant;

import com.google.common.util.concurrent.ListenableFuture;
import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.GrpcCodes;
import dev.treadle.bindings.GrpcCredentials;
import dev.treadle.bindings.StoreFailure;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The connection to a Qdrant; made by the first call. Safe for threads. */
final class QdrantHome implements AutoCloseable {
    /** A hundred points with a mebibyte of text each, and their vectors. */
    private static final int ANSWER_BYTES_MAX = 128 << 20;

    private static final Duration LOOKING = Duration.ofSeconds(2);
    private static final Duration KEPT_ALIVE_EACH = Duration.ofSeconds(30);

    /** A collection takes a moment to be made. */
    private static final Duration MAKING = Duration.ofSeconds(10);

    private final QdrantSettings settings;
    private final Duration patience;

    /** Guarded by this. */
    private @Nullable QdrantClient client;

    /** Guarded by this. */
    private boolean closed;

    QdrantHome(QdrantSettings settings, Duration patience) {
        this.settings = settings;
        this.patience = patience;
    }

    QdrantSettings settings() {
        return settings;
    }

    /** Calls it, and waits for its answer. */
    <T> T call(Function<QdrantClient, ListenableFuture<T>> call) {
        return call(call, patience);
    }

    /** As {@link #call}, for what takes longer. */
    <T> T make(Function<QdrantClient, ListenableFuture<T>> call) {
        return call(call, patience.compareTo(MAKING) < 0 ? MAKING : patience);
    }

    private <T> T call(Function<QdrantClient, ListenableFuture<T>> call, Duration patience) {
        QdrantClient open = client();
        ListenableFuture<T> answer = call.apply(open);
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new StoreFailure(Reason.UNAVAILABLE, "interrupted while it waited", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new StoreFailure(
                    Reason.UNAVAILABLE, "no answer within %d ms".formatted(patience.toMillis()), e);
        } catch (ExecutionException e) {
            throw failed(open, e);
        }
    }

    /** A failed connection is tried again by the next call, not after a pause that grows. */
    private static StoreFailure failed(QdrantClient open, ExecutionException e) {
        Status status = Status.fromThrowable(e);
        String text = status.getCode() + describe(status.getDescription());
        return switch (GrpcCodes.of(status)) {
            case UNAVAILABLE -> {
                open.grpcClient().channel().resetConnectBackoff();
                yield new StoreFailure(Reason.UNAVAILABLE, "it cannot be reached: " + text, e);
            }
            case DEADLINE_EXCEEDED, CANCELLED ->
                    new StoreFailure(Reason.UNAVAILABLE, "no answer in time: " + text, e);
            default -> new StoreFailure(Reason.FAILED, text, e);
        };
    }

    private static String describe(@Nullable String description) {
        return description == null ? "" : ": " + description;
    }

    /** Whether a call failed since something is not there. */
    static boolean isMissing(StoreFailure failure) {
        return is(failure, Status.Code.NOT_FOUND);
    }

    /** Whether a call failed since something is there already. */
    static boolean isThereAlready(StoreFailure failure) {
        return is(failure, Status.Code.ALREADY_EXISTS);
    }

    private static boolean is(StoreFailure failure, Status.Code code) {
        Throwable cause = failure.getCause();
        return cause instanceof ExecutionException && Status.fromThrowable(cause).getCode() == code;
    }

    /** Why it cannot be used now; empty when it can. */
    Optional<String> trouble() {
        try {
            String version =
                    call(open -> open.healthCheckAsync(LOOKING), LOOKING.plusMillis(100))
                            .getVersion();
            return isOld(version)
                    ? Optional.of(
                            "it is Qdrant %s; 1.10 is the oldest that will do".formatted(version))
                    : Optional.empty();
        } catch (StoreFailure e) {
            return Optional.of(e.detail());
        }
    }

    private static boolean isOld(String version) {
        return version.matches("(0|1\\.[0-9])(\\..*)?");
    }

    private synchronized QdrantClient client() {
        if (closed) {
            throw new StoreFailure(Reason.UNAVAILABLE, "the node is stopping", null);
        }
        QdrantClient open = client;
        if (open == null) {
            open = new QdrantClient(connect());
            client = open;
        }
        return open;
    }

    private QdrantGrpcClient connect() {
        ManagedChannel channel =
                Grpc.newChannelBuilderForAddress(
                                settings.host(),
                                settings.port(),
                                GrpcCredentials.of(settings.tls(), settings.ca()))
                        .maxInboundMessageSize(ANSWER_BYTES_MAX)
                        .keepAliveTime(KEPT_ALIVE_EACH.toMillis(), TimeUnit.MILLISECONDS)
                        .keepAliveTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .intercept(new TracedCalls())
                        .build();
        QdrantGrpcClient.Builder builder = QdrantGrpcClient.newBuilder(channel, true, false);
        settings.apiKey().ifPresent(builder::withApiKey);
        return builder.build();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }
}
