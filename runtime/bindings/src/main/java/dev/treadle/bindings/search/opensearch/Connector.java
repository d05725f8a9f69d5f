package dev.treadle.bindings.search.opensearch;

import dev.treadle.bindings.TrustedCa;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;

/**
 * Makes clients.
 *
 * @param callsMax at once
 * @param timeout to connect, and to wait for an answer
 */
record Connector(OpenSearchSettings settings, int callsMax, Duration timeout) {
    OpenSearchTransport connect() {
        PoolingAsyncClientConnectionManager connections = connections();
        Timeout patience = patience();
        return ApacheHttpClient5TransportBuilder.builder(
                        settings.servers().stream().map(Connector::host).toArray(HttpHost[]::new))
                .setDefaultHeaders(headers())
                .setRequestConfigCallback(
                        config ->
                                config.setConnectionRequestTimeout(patience)
                                        .setResponseTimeout(patience))
                .setHttpClientConfigCallback(
                        client ->
                                client.setConnectionManager(connections).disableAutomaticRetries())
                .build();
    }

    private static HttpHost host(URI server) {
        return new HttpHost(server.getScheme(), server.getHost(), server.getPort());
    }

    private PoolingAsyncClientConnectionManager connections() {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(callsMax)
                .setMaxConnTotal(callsMax * settings.servers().size())
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom().setConnectTimeout(patience()).build())
                .setTlsStrategy(
                        ClientTlsStrategyBuilder.create()
                                .setSslContext(TrustedCa.context(settings.ca()))
                                .buildAsync())
                .build();
    }

    /** Longer than the caller waits, who gives up in words of its own. */
    private Timeout patience() {
        return Timeout.of(timeout.multipliedBy(2));
    }

    private Header[] headers() {
        return settings.login().stream()
                .map(login -> login.user() + ":" + login.password())
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .map(Base64.getEncoder()::encodeToString)
                .map(text -> new BasicHeader("Authorization", "Basic " + text))
                .toArray(Header[]::new);
    }
}
