package dev.treadle.bindings.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.BindingFailed;
import dev.treadle.Blobs;
import dev.treadle.bindings.TestGuard;
import dev.treadle.testkit.BlobsContract;
import dev.treadle.testkit.MinioProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real MinIO. */
class S3BlobsTest extends BlobsContract {
    private static final AtomicInteger STORES = new AtomicInteger();
    @TempDir static Path folder;
    private static MinioProcess server;
    private static S3Provider provider;

    @BeforeAll
    static void start() throws Exception {
        server = MinioProcess.start(folder);
        provider = provider(Optional.empty(), MinioProcess.SECRET_KEY);
    }

    @AfterAll
    static void stop() {
        try (MinioProcess _ = server;
                S3Provider _ = provider) {
            // closes what was started, the provider first
        }
    }

    private static S3Provider provider(Optional<String> bucket, String secret) {
        S3Settings settings =
                new S3Settings(
                        URI.create(server.url()),
                        "us-east-1",
                        bucket,
                        new S3Settings.Keys(MinioProcess.ACCESS_KEY, secret));
        return new S3Provider(
                new S3Home(settings, 8, Duration.ofSeconds(30)), InstantSource.system());
    }

    @Override
    protected Blobs fresh() {
        return bound(provider, "store-" + STORES.incrementAndGet());
    }

    private static Blobs bound(S3Provider from, String store) {
        return new BoundBlobs(from.store(store), TestGuard.of(from), _ -> {});
    }

    @Test
    void storesMayShareABucket() {
        try (S3Provider shared = provider(Optional.of("shared"), MinioProcess.SECRET_KEY)) {
            Blobs one = bound(shared, "one");
            Blobs other = bound(shared, "other");
            one.put("a", bytes("1"));
            other.put("b", bytes("2"));

            assertThat(one.list("", 10).blobs()).extracting(Blobs.Info::key).containsExactly("a");
            assertThat(bound(provider, "shared").get("one/a")).isPresent();
            assertThat(shared.text()).isEqualTo("s3 at " + server.url() + ", bucket shared");
        }
    }

    @Test
    void othersReadAndWriteByUrls() throws Exception {
        Blobs blobs = fresh();
        URI put = blobs.urlToPut("photos/é 1.txt", Duration.ofMinutes(5));
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> done =
                client.send(
                        HttpRequest.newBuilder(put)
                                .PUT(HttpRequest.BodyPublishers.ofString("by others"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(blobs.get("photos/é 1.txt").orElseThrow().bytes()).isEqualTo(bytes("by others"));
        URI get = blobs.urlToGet("photos/é 1.txt", Duration.ofMinutes(5));
        HttpResponse<String> got =
                client.send(
                        HttpRequest.newBuilder(get).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(got.body()).isEqualTo("by others");
    }

    @Test
    void aWrongSecretIsSaidAndNotShown() {
        try (S3Provider stranger = provider(Optional.empty(), "wr0ng-secret")) {
            assertThat(stranger.trouble().orElseThrow())
                    .startsWith("S3: ")
                    .doesNotContain("wr0ng-secret");
            assertThat(stranger.home().settings().toString()).doesNotContain("wr0ng-secret");
            assertThatThrownBy(() -> bound(stranger, "any-store").put("a", bytes("v")))
                    .isInstanceOf(BindingFailed.class)
                    .hasMessageContaining("TR-5005");
        }
    }

    @Test
    void callsFailWhileTheServerIsGoneAndGoOnWhenItIsBack() throws Exception {
        Blobs blobs = fresh();
        blobs.put("a", bytes("v"));
        server.kill();
        try {
            assertThatThrownBy(() -> blobs.get("a"))
                    .isInstanceOf(BindingFailed.class)
                    .hasMessageContaining("TR-5004 binding cache (s3 at " + server.url());
            assertThat(provider.trouble()).isPresent();
        } finally {
            server.startAgain();
        }

        assertThat(blobs.get("a").orElseThrow().bytes()).isEqualTo(bytes("v"));
        assertThat(provider.trouble()).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
