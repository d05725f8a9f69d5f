package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Request;
import dev.treadle.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Request bodies: limits, codings, what nobody reads. */
class BodyTest extends ServingTest {
    private static final int LIMIT = (int) FakeDispatcher.PAYLOAD_BYTES_MAX;

    @Override
    HttpTriggerConfig config() {
        HttpTriggerConfig all = super.config();
        return new HttpTriggerConfig(
                all.host(),
                all.port(),
                all.tls(),
                all.maxHeaderBytes(),
                128 * 1024,
                10,
                all.idleTimeout());
    }

    @BeforeEach
    void functions() {
        functions
                .http("size", request -> Response.text(Integer.toString(request.body().length)))
                .http("stream", request -> Response.text(Long.toString(count(request))))
                .http("ignore", _ -> Response.text("ignored"))
                .http("twice", request -> Response.text(request.text() + request.text()))
                .function(
                        "roomy",
                        call -> {
                            byte[] bytes = call.input().asBytes(Long.MAX_VALUE);
                            return new dev.treadle.trigger.Outcome.Succeeded(
                                    Response.text(Integer.toString(bytes.length)));
                        });
        routes(
                Route.of("size", "/size"),
                Route.of("stream", "/stream"),
                Route.of("ignore", "/ignore"),
                Route.of("twice", "/twice"),
                Route.of("roomy", "/roomy"));
    }

    @Test
    void aBodyOfTheLimitGoesThroughWhole() {
        assertThat(post("/size", new byte[LIMIT]).body()).isEqualTo("" + LIMIT);
        assertThat(postChunked("/size", new byte[LIMIT]).body()).isEqualTo("" + LIMIT);
        assertThat(postChunked("/stream", new byte[LIMIT]).body()).isEqualTo("" + LIMIT);
        assertThat(get("/size").body()).isEqualTo("0");
    }

    @Test
    void aBodyThatSaysItIsTooLargeIs413BeforeTheFunctionRuns() {
        HttpResponse<String> response = post("/ignore", new byte[LIMIT + 1]);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(response).path("code").asString()).isEqualTo("TR-1004");
        assertThat(post("/ignore", new byte[LIMIT]).body()).isEqualTo("ignored");
    }

    @Test
    void aBodyBeyondTheFunctionsLimitIs413() {
        HttpResponse<String> known = post("/size", new byte[LIMIT + 1]);
        assertThat(known.statusCode()).isEqualTo(413);
        assertThat(json(known).get("code").stringValue()).isEqualTo("TR-1004");
        assertThat(json(known).get("detail").stringValue())
                .isEqualTo(
                        "the payload has 65537 bytes; the function's limits.payload allows 65536");
        assertThat(postChunked("/size", new byte[LIMIT + 1]).statusCode()).isEqualTo(413);
        assertThat(postChunked("/stream", new byte[LIMIT + 1]).statusCode()).isEqualTo(413);
    }

    @Test
    void theNodesLimitHoldsWhateverTheFunctionAllows() {
        assertThat(post("/roomy", new byte[128 * 1024]).statusCode()).isEqualTo(200);
        HttpResponse<String> response = post("/roomy", new byte[128 * 1024 + 1]);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("the node's http.payload-max allows 131072");
    }

    @Test
    void aBodyFarBeyondAllLimitsIsTurnedDownByTheTransport() throws IOException {
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write("POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n");
            assertThat(raw.rest()).contains("HTTP/1.1 413", "TR-1004", "Connection: close");
        }
    }

    @Test
    void gzipIsInflatedWithinTheLimit() {
        byte[] packed = Gzip.compress("x".repeat(1000).getBytes(StandardCharsets.UTF_8));
        assertThat(
                        send(request("/size")
                                        .header("Content-Encoding", "gzip")
                                        .POST(BodyPublishers.ofByteArray(packed)))
                                .body())
                .isEqualTo("1000");
        byte[] bomb = Gzip.compress(new byte[10 * LIMIT]);
        assertThat(bomb.length).isLessThan(LIMIT);
        assertThat(
                        send(request("/size")
                                        .header("Content-Encoding", "gzip")
                                        .POST(BodyPublishers.ofByteArray(bomb)))
                                .statusCode())
                .isEqualTo(413);
    }

    @Test
    void whatCallsItselfGzipAndIsNotIs400() {
        HttpResponse<String> response =
                send(
                        request("/size")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofString("plain text, really")));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("the body is not gzip");
    }

    @Test
    void anUnknownCodingIs415() {
        HttpResponse<String> response =
                send(
                        request("/size")
                                .header("Content-Encoding", "br")
                                .POST(BodyPublishers.ofString("x")));
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(json(response).get("code").stringValue()).isEqualTo("TR-1005");
        assertThat(response.body()).contains("Content-Encoding 'br' is not understood");
    }

    @Test
    void aWholeBodyCanBeAskedForAgain() {
        assertThat(post("/twice", "ab".getBytes(StandardCharsets.UTF_8)).body()).isEqualTo("abab");
    }

    @Test
    void aSmallBodyThatNobodyReadsLeavesTheConnectionUsable() throws IOException {
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write("POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(raw.head()).contains("200").doesNotContain("Connection: close");
            assertThat(raw.read(7)).isEqualTo("ignored");
            raw.write("GET /size HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aBodyThatNobodyReadsIsNeverTakenForARequest() throws IOException {
        String smuggled = "GET /size HTTP/1.1\r\nHost: x\r\n\r\n";
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write(
                    "POST /ignore HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                            + smuggled.length()
                            + "\r\n\r\n"
                            + smuggled);
            assertThat(raw.rest()).endsWith("ignored");
        }
        assertThat(functions.seen).hasSize(1);
    }

    @Test
    void anUnreadChunkedBodyEndsTheConnection() throws IOException {
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write(
                    "POST /ignore HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "5\r\nhello\r\n0\r\n\r\n");
            assertThat(raw.rest()).contains("Connection: close").endsWith("ignored");
        }
    }

    @Test
    void aBodyIsAskedForOnlyWhenItIsWanted() throws IOException {
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write(
                    "POST /size HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 100");
            raw.write("hello");
            assertThat(raw.head()).startsWith("HTTP/1.1 200").doesNotContain("Connection: close");
            assertThat(raw.read(1)).isEqualTo("5");
        }
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write(
                    "POST /size HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                            + "Content-Length: 70000\r\n\r\n");
            assertThat(raw.rest()).startsWith("HTTP/1.1 413").contains("Connection: close");
        }
    }

    @Test
    void aLargeRefusedBodyStillGetsItsAnswer() {
        HttpResponse<String> response = post("/size", new byte[4 * 1024 * 1024]);
        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void aBodyCutShortIsTheCallersFault() throws IOException {
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write("POST /size HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
            assertThat(raw.rest()).startsWith("HTTP/1.1 400").contains("the body cannot be read");
        }
    }

    private static long count(Request request) throws IOException {
        try (InputStream in = request.stream()) {
            long count = 0;
            while (in.read() >= 0) {
                count++;
            }
            return count;
        }
    }

    private HttpResponse<String> post(String path, byte[] body) {
        return send(request(path).POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<String> postChunked(String path, byte[] body) {
        return send(
                request(path)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }
}
