package dev.treadle.server;

import dev.treadle.bindings.BindingsConfig;
import dev.treadle.inference.InferenceConfig;
import dev.treadle.server.grpc.GrpcConfig;
import dev.treadle.server.oip.OipConfig;
import dev.treadle.trigger.http.HttpTriggerConfig;
import dev.treadle.trigger.nats.server.NatsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A node's configuration.
 *
 * @param data the folder for all that the node keeps
 * @param http the functions' listener
 * @param publicUrl where callers reach the functions, when a proxy stands before the node
 * @param adminHost where the admin API listens
 * @param adminPort 0 for any free port
 * @param startTimeout how long a function's {@code start} and {@code close} may take
 * @param drainTimeout how long a stopping node waits for calls that run
 * @param logLinesMax log lines kept per function
 * @param logBytesMax bytes of log text kept on the node
 * @param recordsMax invocation records kept per function
 * @param webhookHosts hosts that callers may have called back though their addresses are not public
 * @param nats which NATS the node works with
 * @param natsFunctions whether requests on {@code fn.NAME} run functions
 * @param bindings what is behind the stores that functions bind
 * @param models how models run
 * @param oip how models are served to inference clients; empty when they are not
 * @param grpc how functions are called over gRPC; empty when they are not
 */
public record NodeConfig(
        Path data,
        HttpTriggerConfig http,
        Optional<String> publicUrl,
        String adminHost,
        int adminPort,
        Duration startTimeout,
        Duration drainTimeout,
        int logLinesMax,
        long logBytesMax,
        int recordsMax,
        List<String> webhookHosts,
        NatsSettings nats,
        boolean natsFunctions,
        BindingsConfig bindings,
        InferenceConfig models,
        Optional<OipConfig> oip,
        Optional<GrpcConfig> grpc) {

    /** Whether the node works with NATS at all. */
    boolean hasNats() {
        return !(nats.source() instanceof NatsSettings.Off);
    }
}
