package dev.treadle.trigger.grpc;

import dev.treadle.trigger.ErrorCode;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;

/** Errors as gRPC says them: a status, and the error's code in the trailers. */
final class GrpcFailures {
    private static final Metadata.Key<String> CODE = CallHead.key("treadle-code");
    private static final Metadata.Key<String> RETRY_AFTER = CallHead.key("retry-after");

    private GrpcFailures() {}

    static StatusException of(ErrorCode code, String message) {
        return of(code, code.status(), message, Duration.ZERO);
    }

    /**
     * @param httpStatus what HTTP would answer with
     * @param pause how long to wait before trying again; zero for nothing to say
     */
    static StatusException of(ErrorCode code, int httpStatus, String message, Duration pause) {
        Metadata trailers = new Metadata();
        trailers.put(CODE, code.id());
        if (pause.isPositive()) {
            long seconds = pause.plusNanos(999_999_999).toSeconds();
            trailers.put(RETRY_AFTER, Long.toString(seconds));
        }
        return status(code, httpStatus).withDescription(message).asException(trailers);
    }

    private static Status status(ErrorCode code, int httpStatus) {
        return switch (httpStatus) {
            case 401 -> Status.UNAUTHENTICATED;
            case 403 -> Status.PERMISSION_DENIED;
            case 404, 410 -> Status.NOT_FOUND;
            case 405, 501 -> Status.UNIMPLEMENTED;
            case 408, 504 -> Status.DEADLINE_EXCEEDED;
            case 409 -> Status.ABORTED;
            case 412 -> Status.FAILED_PRECONDITION;
            case 413, 429 -> Status.RESOURCE_EXHAUSTED;
            case 502, 503 -> Status.UNAVAILABLE;
            default -> other(code, httpStatus);
        };
    }

    /** What is ours is internal; of what a function does wrong gRPC knows nothing. */
    private static Status other(ErrorCode code, int httpStatus) {
        if (httpStatus >= 400 && httpStatus < 500) {
            return Status.INVALID_ARGUMENT;
        }
        return code.owner() == ErrorCode.Owner.PLATFORM ? Status.INTERNAL : Status.UNKNOWN;
    }
}
