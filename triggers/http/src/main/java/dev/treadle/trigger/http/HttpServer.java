package dev.treadle.trigger.http;

import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.ProtocolConfigs;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionProvider;
import io.helidon.webserver.http2.Http2Config;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Makes the transport: every bound is set here, none is left to a default. */
final class HttpServer {
    private static final int REQUEST_LINE_BYTES_MAX = 8 * 1024;
    private static final int STREAMS_PER_CONNECTION_MAX = 256;

    private HttpServer() {}

    /**
     * @param invocationIds for answers to what does not get to the handler
     */
    static WebServer create(
            HttpTriggerConfig config, Supplier<String> invocationIds, Handler handler) {
        Http1Config http1 = http1(config);
        Http2Config http2 = http2(config);
        WebServerConfig.Builder server =
                WebServer.builder()
                        .host(config.host())
                        .port(config.port())
                        .shutdownHook(false)
                        .featuresDiscoverServices(false)
                        .shutdownGracePeriod(Duration.ofMillis(100))
                        // A stream's small parts go as they come.
                        .connectionOptions(options -> options.tcpNoDelay(true))
                        .maxTcpConnections(config.maxConnections())
                        .maxPayloadSize(config.maxPayloadBytes() + UnreadBody.DISCARD_BYTES_MAX)
                        .idleConnectionTimeout(config.idleTimeout())
                        .idleConnectionPeriod(period(config.idleTimeout()))
                        .writeBufferSize(0)
                        .contentEncoding(new UndecodedBodies())
                        .directHandlers(new TransportErrors(config, invocationIds).forAll())
                        .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                        .protocolsDiscoverServices(false)
                        .addProtocol(http2)
                        .addConnectionSelector(anyHttp1(http1, http2))
                        .routing(HttpRouting.builder().any(handler));
        config.tls().ifPresent(tls -> server.tls(TlsFiles.read(tls)));
        return server.build();
    }

    private static Http1Config http1(HttpTriggerConfig config) {
        return Http1Config.builder()
                .maxHeadersSize(config.maxHeaderBytes())
                .maxPrologueLength(REQUEST_LINE_BYTES_MAX)
                .sendKeepAliveHeader(false)
                .build();
    }

    private static Http2Config http2(HttpTriggerConfig config) {
        return Http2Config.builder()
                .maxHeaderListSize(config.maxHeaderBytes())
                .maxConcurrentStreams(STREAMS_PER_CONNECTION_MAX)
                .build();
    }

    private static AnyHttp1 anyHttp1(Http1Config http1, Http2Config http2) {
        ProtocolConfigs upgrades = ProtocolConfigs.create(List.of(http1, http2));
        return new AnyHttp1(new Http1ConnectionProvider().create("http", http1, upgrades));
    }

    /** How often to look for idle connections. */
    private static Duration period(Duration timeout) {
        return timeout.dividedBy(4);
    }
}
