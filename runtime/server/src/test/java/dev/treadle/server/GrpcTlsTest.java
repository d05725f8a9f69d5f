package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.treadle.protocols.oip.GRPCInferenceServiceGrpc;
import dev.treadle.protocols.oip.ServerLiveRequest;
import dev.treadle.testkit.LocalhostCertificate;
import dev.treadle.trigger.grpc.v1.FunctionsGrpc;
import dev.treadle.trigger.grpc.v1.InvokeRequest;
import dev.treadle.trigger.http.HttpTriggerConfig;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listeners for gRPC and for models with a certificate. */
class GrpcTlsTest {
    @TempDir Path folder;

    @Test
    void listenersShowTheirCertificate() throws Exception {
        LocalhostCertificate certificate = LocalhostCertificate.make(folder);
        ChannelCredentials trusting =
                TlsChannelCredentials.newBuilder()
                        .trustManager(certificate.cert().toFile())
                        .build();
        try (TestNode node = TestNode.withTls(data(), files(certificate))) {
            node.deploy("echo", TestNode.ECHO);
            String functions = local(node.node.grpcAddress().orElseThrow());
            ManagedChannel channel = Grpc.newChannelBuilder(functions, trusting).build();
            String text = "sealed ".repeat(50_000);
            assertThat(
                            GrpcClients.authorized(
                                            FunctionsGrpc.newBlockingStub(channel),
                                            TestNode.GRPC_TOKEN)
                                    .invoke(
                                            InvokeRequest.newBuilder()
                                                    .setFunction("echo")
                                                    .setData(ByteString.copyFromUtf8(text))
                                                    .build())
                                    .getData()
                                    .toStringUtf8())
                    .isEqualTo(text);
            channel.shutdownNow();
            ManagedChannel models =
                    Grpc.newChannelBuilder(
                                    local(node.node.oipGrpcAddress().orElseThrow()), trusting)
                            .build();
            assertThat(
                            GRPCInferenceServiceGrpc.newBlockingStub(models)
                                    .serverLive(ServerLiveRequest.getDefaultInstance())
                                    .getLive())
                    .isTrue();
            models.shutdownNow();
            assertLiveOverHttp(node.node.oipUrl().orElseThrow(), certificate);
        }
    }

    private static void assertLiveOverHttp(String url, LocalhostCertificate certificate)
            throws Exception {
        assertThat(url).startsWith("https://");
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificate.keys());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            URI live = URI.create(local(url) + "/v2/health/live");
            assertThat(
                            client.send(
                                            HttpRequest.newBuilder(live).build(),
                                            BodyHandlers.discarding())
                                    .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aCertificateThatIsNoneIsNamed() throws Exception {
        Path none = Files.writeString(folder.resolve("none.pem"), "");
        assertThatThrownBy(() -> TestNode.withTls(data(), new HttpTriggerConfig.Tls(none, none)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.pem");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static HttpTriggerConfig.Tls files(LocalhostCertificate certificate) {
        return new HttpTriggerConfig.Tls(certificate.cert(), certificate.key());
    }

    /** By the name that the certificate has. */
    private static String local(String address) {
        return address.replace("127.0.0.1", "localhost");
    }
}
