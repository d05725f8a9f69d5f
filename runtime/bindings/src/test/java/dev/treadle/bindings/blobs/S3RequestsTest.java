package dev.treadle.bindings.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.treadle.Blobs;
import dev.treadle.bindings.TestGuard;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reading a blob asks an S3 for; the server here has one blob and counts. */
class S3RequestsTest {
    private static final int START = 64 << 10;

    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private volatile byte[] content = new byte[0];
    private HttpServer server;
    private S3Provider provider;
    private Blobs blobs;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        S3Settings settings =
                new S3Settings(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        "us-east-1",
                        Optional.empty(),
                        new S3Settings.Keys("key", "secret"));
        provider =
                new S3Provider(
                        new S3Home(settings, 8, Duration.ofSeconds(30)), InstantSource.system());
        blobs = new BoundBlobs(provider.store("store"), TestGuard.of(provider), _ -> {});
    }

    @AfterEach
    void stop() {
        provider.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] all = content;
        String range = String.valueOf(exchange.getRequestHeaders().getFirst("Range"));
        ranges.add(range);
        exchange.getResponseHeaders().set("ETag", "\"%d\"".formatted(Arrays.hashCode(all)));
        try (exchange) {
            if (!range.startsWith("bytes=")) {
                send(exchange, 200, all);
                return;
            }
            String[] ends = range.substring("bytes=".length()).split("-", 2);
            int from = Integer.parseInt(ends[0]);
            int to = ends[1].isEmpty() ? all.length : Integer.parseInt(ends[1]) + 1;
            if (from >= all.length) {
                send(exchange, 416, error("InvalidRange"));
                return;
            }
            byte[] part = Arrays.copyOfRange(all, from, Math.min(to, all.length));
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            "bytes %d-%d/%d".formatted(from, from + part.length - 1, all.length));
            send(exchange, 206, part);
        }
    }

    private static byte[] error(String code) {
        return "<Error><Code>%s</Code><Message>no</Message></Error>"
                .formatted(code)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aSmallOneComesWithOneRequest() {
        content = random(START);

        assertThat(blobs.get("a").orElseThrow().bytes()).isEqualTo(content);
        assertThat(ranges).containsExactly("bytes=0-65535");
    }

    @Test
    void aLargeOneIsReadOnFromItsStart() throws IOException {
        content = random(200_000);
        Blobs.Blob blob = blobs.get("a").orElseThrow();
        assertThat(blob.info().size()).isEqualTo(200_000);
        assertThat(blob.bytes(5, 100)).isEqualTo(Arrays.copyOfRange(content, 5, 105));
        assertThat(ranges).as("nothing more is asked for").containsExactly("bytes=0-65535");

        assertThat(blob.bytes()).isEqualTo(content);
        assertThat(blob.bytes(START - 1, 2))
                .isEqualTo(Arrays.copyOfRange(content, START - 1, START + 1));
        try (InputStream in = blob.stream(100_000)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 100_000, 200_000));
        }
        assertThat(ranges.subList(1, 4))
                .containsExactly("bytes=65536-", "bytes=65536-65536", "bytes=100000-");
    }

    @Test
    void oneThatWasPutMeanwhileIsReadWhole() {
        content = random(200_000);
        Blobs.Blob blob = blobs.get("a").orElseThrow();
        content = random(200_001);

        assertThat(blob.bytes()).isEqualTo(content);
        content = random(10);
        assertThat(blob.bytes()).isEqualTo(content);
        assertThat(ranges)
                .containsExactly("bytes=0-65535", "bytes=65536-", "null", "bytes=65536-", "null");
    }
}
