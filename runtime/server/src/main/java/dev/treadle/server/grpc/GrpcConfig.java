package dev.treadle.server.grpc;

import dev.treadle.server.Bearer;
import dev.treadle.server.grpc.http2.MessageLimit;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.grpc.FunctionsService;
import dev.treadle.trigger.http.HttpTriggerConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How functions are called over gRPC.
 *
 * @param host where it listens
 * @param port 0 for any free one
 * @param tls empty for none
 * @param token what callers must send as a bearer token; empty for none
 * @param payloadBytesMax the largest request, and the largest answer that is collected
 */
public record GrpcConfig(
        String host,
        int port,
        Optional<HttpTriggerConfig.Tls> tls,
        Optional<String> token,
        int payloadBytesMax) {
    private static final String ADVICE =
            "send the token of grpc.token as 'Authorization: Bearer …'";

    /** The listener for it. */
    public GrpcListener listener(Dispatcher dispatcher, InstantSource clock) {
        return new GrpcListener(
                new ListenAddress(host, port, "grpc.port", tls),
                new MessageLimit(payloadBytesMax, "grpc.payload-max"),
                new Authorization(Set.of(), this::lets, ADVICE),
                List.of(new FunctionsService(dispatcher, payloadBytesMax, clock).service()));
    }

    private boolean lets(String authorization) {
        return token.isEmpty() || Bearer.carries(authorization, token.get());
    }

    @Override
    public String toString() {
        return "GrpcConfig[%s:%d, %s]"
                .formatted(host, port, token.isPresent() ? "with a token" : "open");
    }
}
