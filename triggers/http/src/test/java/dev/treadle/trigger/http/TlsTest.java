package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    @Test
    void http2IsNegotiatedOverTls() throws Exception {
        KeyStore store = certificate();
        FakeDispatcher functions = new FakeDispatcher().http("hello", _ -> Response.text("sealed"));
        HttpTriggerConfig.Tls tls =
                new HttpTriggerConfig.Tls(
                        pem("cert.pem", "CERTIFICATE", store.getCertificate("it").getEncoded()),
                        pem("key.pem", "PRIVATE KEY", store.getKey("it", PASSWORD).getEncoded()));
        try (HttpTrigger trigger =
                        new HttpTrigger(
                                config(tls),
                                functions,
                                new FakeAsyncCalls(),
                                InstantSource.system());
                HttpClient client = HttpClient.newBuilder().sslContext(trusting(store)).build()) {
            trigger.routes(RouteTable.of(List.of(Route.of("hello", "/hello"))));
            trigger.start();
            for (Version version : Version.values()) {
                HttpResponse<String> response =
                        client.send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "https://localhost:"
                                                                + trigger.port()
                                                                + "/hello"))
                                        .version(version)
                                        .build(),
                                BodyHandlers.ofString());
                assertThat(response.body()).isEqualTo("sealed");
                assertThat(response.version()).isEqualTo(version);
            }
        }
    }

    @Test
    void aMissingFileIsNamed() {
        HttpTriggerConfig.Tls tls =
                new HttpTriggerConfig.Tls(dir.resolve("cert.pem"), dir.resolve("none.pem"));
        assertThatThrownBy(
                        () ->
                                new HttpTrigger(
                                        config(tls),
                                        new FakeDispatcher(),
                                        new FakeAsyncCalls(),
                                        InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cert.pem")
                .hasMessageContaining("none.pem");
    }

    private static HttpTriggerConfig config(HttpTriggerConfig.Tls tls) {
        HttpTriggerConfig plain = HttpTriggerConfig.defaults();
        return new HttpTriggerConfig(
                "127.0.0.1",
                0,
                Optional.of(tls),
                plain.maxHeaderBytes(),
                plain.maxPayloadBytes(),
                plain.maxConnections(),
                plain.idleTimeout());
    }

    private KeyStore certificate() throws Exception {
        Path file = dir.resolve("store.p12");
        int exit =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "it",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD),
                                "-keystore",
                                file.toString())
                        .inheritIO()
                        .start()
                        .waitFor();
        assertThat(exit).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private Path pem(String file, String label, byte[] der) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String text = "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
        return Files.writeString(dir.resolve(file), text, StandardCharsets.US_ASCII);
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("it", store.getCertificate("it"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
