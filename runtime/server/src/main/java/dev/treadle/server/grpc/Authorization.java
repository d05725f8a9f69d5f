package dev.treadle.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns away who has no token. Health is for anyone, as probes have none.
 *
 * @param forAnyone further methods that want none, {@code package.Service/Method}
 * @param mayCall whether such an {@code authorization} will do; it is empty when there is none
 * @param advice says what to send
 */
public record Authorization(Set<String> forAnyone, Predicate<String> mayCall, String advice)
        implements ServerInterceptor {
    private static final String HEALTH = HealthGrpc.SERVICE_NAME + "/";
    private static final Metadata.Key<String> HEADER =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String sent = headers.get(HEADER);
        String method = call.getMethodDescriptor().getFullMethodName();
        if (method.startsWith(HEALTH)
                || forAnyone.contains(method)
                || mayCall.test(sent == null ? "" : sent)) {
            return next.startCall(call, headers);
        }
        call.close(Status.UNAUTHENTICATED.withDescription(advice), new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
