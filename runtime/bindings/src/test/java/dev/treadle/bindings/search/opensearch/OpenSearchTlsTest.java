package dev.treadle.bindings.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.treadle.BindingFailed;
import dev.treadle.BindingFailed.Reason;
import dev.treadle.Search;
import dev.treadle.SearchQuery;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.search.BoundSearch;
import dev.treadle.testkit.LocalhostCertificate;
import dev.treadle.testkit.TestCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a node gets in where OpenSearch has its security plug-in, which the real one of the tests
 * does not: a server that wants TLS and a login as that one does.
 */
class OpenSearchTlsTest {
    /** Of {@code node} and {@code s3cret}. */
    private static final String LOGIN = "Basic bm9kZTpzM2NyZXQ=";

    @TempDir Path folder;

    /** What requests said of their trace. */
    private final Queue<String> traces = new ConcurrentLinkedQueue<>();

    private LocalhostCertificate certificate;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        certificate = LocalhostCertificate.make(folder);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        traces.addAll(exchange.getRequestHeaders().getOrDefault("traceparent", List.of()));
        if (exchange.getRequestURI().getPath().endsWith("/_mget")) {
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
            return;
        }
        boolean known = LOGIN.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = (known ? "{}" : "Unauthorized").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .add("Content-Type", known ? "application/json" : "text/plain");
        exchange.sendResponseHeaders(known ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void aServerIsKnownByItsCertificateAndItsName() {
        Optional<Path> ca = Optional.of(certificate.cert());

        assertThat(trouble("localhost", "s3cret", ca)).isEmpty();
        assertThat(trouble("localhost", "s3cret", Optional.empty()).orElseThrow())
                .contains("certification path");
        assertThat(trouble("127.0.0.1", "s3cret", ca).orElseThrow()).contains("127.0.0.1");
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() {
        assertThat(trouble("localhost", "wr0ng", Optional.of(certificate.cert())).orElseThrow())
                .contains("401")
                .doesNotContain("wr0ng");
    }

    @Test
    void whatPassesByItselfIsToldFromWhatDoesNot() {
        Optional<Path> ca = Optional.of(certificate.cert());
        try (OpenSearchProvider known = provider("localhost", "s3cret", ca);
                OpenSearchProvider stranger = provider("localhost", "wr0ng", ca)) {
            assertThatThrownBy(() -> known.store("a").get("1"))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
            assertThatThrownBy(() -> stranger.store("a").find(SearchQuery.all()))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.FAILED));
        }
    }

    @Test
    void aCallSaysToWhichTraceItBelongs() {
        Optional<Path> ca = Optional.of(certificate.cert());
        try (OpenSearchProvider provider = provider("localhost", "s3cret", ca)) {
            assertThat(provider.trouble()).isEmpty();
            assertThat(traces).isEmpty();
            Search search = new BoundSearch(provider.store("a"), TestGuard.of(provider));
            assertThatThrownBy(() -> search.get("1")).isInstanceOf(BindingFailed.class);

            assertThat(traces).containsExactly(TestCall.PATIENT.traceparent());
        }
    }

    private Optional<String> trouble(String host, String password, Optional<Path> ca) {
        try (OpenSearchProvider provider = provider(host, password, ca)) {
            return provider.trouble();
        }
    }

    private OpenSearchProvider provider(String host, String password, Optional<Path> ca) {
        URI url = URI.create("https://%s:%d".formatted(host, server.getAddress().getPort()));
        OpenSearchSettings settings =
                new OpenSearchSettings(
                        List.of(url),
                        Optional.of(new OpenSearchSettings.Login("node", password)),
                        ca);
        return new OpenSearchProvider(new OpenSearchHome(settings, 8, Duration.ofSeconds(10)));
    }
}
