package dev.treadle.trigger.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Takes every connection that does not begin as HTTP/2 for HTTP/1.1, so that what is neither gets
 * an answer that says so. The transport's own choice would be to hang up, or to wait for more.
 */
final class AnyHttp1 implements ServerConnectionSelector {
    private static final byte[] HTTP2 = "PRI * HTTP/2".getBytes(StandardCharsets.US_ASCII);

    private final ServerConnectionSelector http1;

    AnyHttp1(ServerConnectionSelector http1) {
        this.http1 = http1;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        int length = Math.min(data.available(), HTTP2.length);
        for (int i = 0; i < length; i++) {
            if (data.read() != HTTP2[i]) {
                return Support.SUPPORTED;
            }
        }
        return length == HTTP2.length ? Support.UNSUPPORTED : Support.UNKNOWN;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return http1.connection(context);
    }
}
