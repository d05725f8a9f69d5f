package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Response;
import dev.treadle.trigger.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are written piece by piece. */
class StreamingTest extends ServingTest {
    private final CountDownLatch read = new CountDownLatch(1);

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void whatIsFlushedArrivesBeforeTheRestIsWritten(HttpClient.Version version) throws Exception {
        stream(
                out -> {
                    out.write("one".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    out.flush();
                    awaitReader();
                    out.write("two".getBytes(StandardCharsets.UTF_8));
                });
        try (InputStream body = open(version).body()) {
            assertThat(body.readNBytes(3)).asString().isEqualTo("one");
            read.countDown();
            assertThat(body.readAllBytes()).asString().isEqualTo("two");
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aFailureAfterTheFirstByteCutsTheAnswerOff(HttpClient.Version version) throws Exception {
        stream(
                out -> {
                    out.write(1);
                    out.flush();
                    throw new IllegalStateException("boom");
                });
        try (InputStream body = open(version).body()) {
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aFailureBeforeTheFirstByteIsAProblem() {
        stream(
                out -> {
                    out.write(1);
                    throw new IllegalStateException("boom");
                });
        HttpResponse<String> response = get("/s");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json(response).get("code").stringValue()).isEqualTo("TR-2001");
        assertThat(header(response, "x-extra")).isEqualTo("none");
    }

    @Test
    void aShortAnswerThatIsNotFlushedHasALength() {
        stream(out -> out.write("short".getBytes(StandardCharsets.UTF_8)));
        HttpResponse<String> response = get("/s");
        assertThat(response.body()).isEqualTo("short");
        assertThat(header(response, "content-length")).isEqualTo("5");
        assertThat(header(response, "x-extra")).isEqualTo("yes");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aLongAnswerArrivesWhole(HttpClient.Version version) throws Exception {
        byte[] piece = "0123456789".repeat(1000).getBytes(StandardCharsets.UTF_8);
        stream(
                out -> {
                    for (int i = 0; i < 500; i++) {
                        out.write(piece);
                        out.write('x');
                        out.write(new byte[0]);
                    }
                });
        try (InputStream body = open(version).body()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            body.transferTo(all);
            assertThat(all.size()).isEqualTo(500 * 10_001);
            assertThat(all.toByteArray()[10_000]).isEqualTo((byte) 'x');
        }
    }

    @Test
    void theConnectionIsUsableAfterwards() throws IOException {
        stream(
                out -> {
                    out.write('a');
                    out.flush();
                    out.write('b');
                });
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write("GET /s HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.head()).contains("Transfer-Encoding: chunked");
            assertThat(raw.read(17)).isEqualTo("1\r\na\r\n1\r\nb\r\n0\r\n\r\n");
            raw.write("GET /s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(raw.rest())
                    .contains("Connection: close")
                    .endsWith("1\r\na\r\n1\r\nb\r\n0\r\n\r\n");
        }
    }

    @Test
    void headEndsTheStreamUnwritten() {
        CountDownLatch closed = new CountDownLatch(1);
        functions.function("s", _ -> new Outcome.Streaming(Response.ok(), new Recording(closed)));
        routes(Route.of("s", "/s"));
        HttpResponse<String> response = send(request("/s").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(closed.getCount()).isZero();
        assertThat(get("/s").body()).isEqualTo("written");
    }

    @Test
    void eventsAreSentAtOnceAndNeverCompressed() throws Exception {
        functions.http(
                "s",
                _ ->
                        Response.sse(
                                sink -> {
                                    sink.send("tick", "1", "a\nb");
                                    awaitReader();
                                    sink.comment("still here");
                                }));
        routes(Route.of("s", "/s"));
        HttpResponse<InputStream> response =
                client.send(
                        request("/s").header("Accept-Encoding", "gzip").build(),
                        BodyHandlers.ofInputStream());
        assertThat(header(response, "content-type")).isEqualTo("text/event-stream");
        assertThat(header(response, "content-encoding")).isEqualTo("none");
        try (InputStream body = response.body()) {
            String first = "event: tick\nid: 1\ndata: a\ndata: b\n\n";
            assertThat(body.readNBytes(first.length())).asString().isEqualTo(first);
            read.countDown();
            assertThat(body.readAllBytes()).asString().isEqualTo(": still here\n\n");
        }
    }

    @Test
    void aCompressedStreamIsFlushedToo() throws Exception {
        functions.http(
                "s",
                _ ->
                        Response.stream(
                                        out -> {
                                            out.write("one".getBytes(StandardCharsets.UTF_8));
                                            out.flush();
                                            awaitReader();
                                            out.write("two".getBytes(StandardCharsets.UTF_8));
                                        })
                                .contentType("text/plain"));
        routes(Route.of("s", "/s"));
        HttpResponse<InputStream> response =
                client.send(
                        request("/s").header("Accept-Encoding", "gzip").build(),
                        BodyHandlers.ofInputStream());
        assertThat(header(response, "content-encoding")).isEqualTo("gzip");
        try (InputStream body = new GZIPInputStream(response.body())) {
            assertThat(body.readNBytes(3)).asString().isEqualTo("one");
            read.countDown();
            assertThat(body.readAllBytes()).asString().isEqualTo("two");
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aCallerThatGoesAwayIsAnIoException(HttpClient.Version version) throws Exception {
        CountDownLatch noticed = new CountDownLatch(1);
        stream(
                out -> {
                    try {
                        while (true) {
                            out.write(new byte[64 * 1024]);
                            out.flush();
                        }
                    } catch (IOException e) {
                        noticed.countDown();
                        throw e;
                    }
                });
        InputStream body = open(version).body();
        assertThat(body.readNBytes(10)).hasSize(10);
        body.close();
        assertThat(noticed.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aBodyIsReadWhileTheAnswerIsWritten() throws Exception {
        functions.http(
                "s",
                request ->
                        Response.stream(
                                out -> {
                                    try (InputStream in = request.stream()) {
                                        in.transferTo(out);
                                    }
                                }));
        routes(Route.of("s", "/s"));
        String text = "to and fro ".repeat(3000);
        assertThat(send(request("/s").POST(BodyPublishers.ofString(text))).body()).isEqualTo(text);
    }

    private void stream(FakeDispatcher.Writing writing) {
        functions.http("s", _ -> Response.stream(writing::to).header("X-Extra", "yes"));
        routes(Route.of("s", "/s"));
    }

    private HttpResponse<InputStream> open(HttpClient.Version version) throws Exception {
        return client.send(request("/s").version(version).build(), BodyHandlers.ofInputStream());
    }

    private void awaitReader() throws Exception {
        if (!read.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the reader never got the first piece");
        }
    }

    /** A body that knows whether it was closed without being written. */
    private record Recording(CountDownLatch closed) implements Outcome.Stream {
        @Override
        public Outcome writeTo(OutputStream out) {
            try {
                out.write("written".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return new Outcome.Succeeded(Response.ok());
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
