package dev.treadle.trigger.nats.server;

import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Puts a client's options together: it reconnects without end. */
final class ConnectionOptions {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    private static final Duration RECONNECT_WAIT = Duration.ofMillis(200);
    private static final Duration PING_EVERY = Duration.ofSeconds(20);

    /**
     * A flush is a ping too, and each part of a node that stops flushes: with the client's default
     * of two the third of them would be taken for a broken connection.
     */
    private static final int PINGS_OUT_MOST = 16;

    private ConnectionOptions() {}

    /**
     * Makes them.
     *
     * @throws IOException when a file that they need cannot be used
     */
    static Options of(
            List<String> urls,
            NatsSettings.Access access,
            Optional<NatsSettings.Tls> tls,
            ConnectionListener listener)
            throws IOException {
        Options.Builder options =
                Options.builder()
                        .servers(urls.toArray(String[]::new))
                        .connectionName("treadle")
                        .connectionTimeout(CONNECT_MAX)
                        .maxReconnects(-1)
                        .reconnectWait(RECONNECT_WAIT)
                        .pingInterval(PING_EVERY)
                        .maxPingsOut(PINGS_OUT_MOST)
                        .connectionListener(listener)
                        .errorListener(new ErrorLog());
        switch (access) {
            case NatsSettings.Anonymous _ -> {}
            case NatsSettings.UserPassword(String user, String password) ->
                    options.userInfo(user.toCharArray(), password.toCharArray());
            case NatsSettings.CredentialsFile(var file) ->
                    options.authHandler(Nats.credentials(file.toString()));
            case NatsSettings.NKeyFile(var seed) -> options.authHandler(new NKeyHandler(seed));
        }
        if (tls.isPresent()) {
            options.sslContext(TlsContext.of(tls.get()));
        }
        return options.build();
    }
}
