package dev.treadle.bindings;

import io.grpc.Status;
import java.io.IOException;

/** What a server over gRPC, or its absence, made of a call. */
public final class GrpcCodes {
    private GrpcCodes() {}

    /**
     * The code of a call's end. A connection that ends just as a call begins is unknown to
     * grpc-java, and no word of the server's; for us it is a server that cannot be reached.
     */
    public static Status.Code of(Status status) {
        boolean isLost =
                status.getCode() == Status.Code.UNKNOWN && status.getCause() instanceof IOException;
        return isLost ? Status.Code.UNAVAILABLE : status.getCode();
    }
}
