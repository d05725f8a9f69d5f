package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Response;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Methods, ids and what the transport itself turns down. */
class ProtocolTest extends ServingTest {
    @BeforeEach
    void functions() {
        functions
                .http("hello", request -> Response.text(request.method()))
                .http("gone", _ -> Response.status(204));
        routes(
                Route.of("hello", "/hello", "GET", "POST"),
                Route.of("hello", "/any"),
                Route.of("gone", "/gone"));
    }

    @Test
    void headIsGetWithoutTheBody() throws IOException {
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 200").contains("Content-Length: 4\r\n");
            raw.write("GET /any HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void optionsTellsTheMethods() {
        HttpResponse<String> response =
                send(request("/hello").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(header(response, "allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(functions.seen).isEmpty();
    }

    @Test
    void aMethodTheRouteDoesNotTakeIs405() {
        HttpResponse<String> response = send(request("/hello").DELETE());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(header(response, "content-type")).isEqualTo("application/problem+json");
        assertThat(json(response).get("code").stringValue()).isEqualTo("TR-1003");
        assertThat(json(response).get("detail").stringValue())
                .isEqualTo("/hello takes GET, HEAD, OPTIONS, POST");
    }

    @Test
    void anUnusualMethodGoesToARouteForAll() {
        assertThat(send(request("/any").method("BREW", BodyPublishers.noBody())).body())
                .isEqualTo("BREW");
    }

    @Test
    void anUnknownPathIs404() {
        HttpResponse<String> response = get("/nowhere");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("type").stringValue()).isEqualTo("urn:treadle:error:TR-1002");
        assertThat(json(response).get("title").stringValue())
                .isEqualTo("No function has this route");
        assertThat(json(response).get("status").intValue()).isEqualTo(404);
        assertThat(json(response).get("owner").stringValue()).isEqualTo("caller");
    }

    @Test
    void aPathThatCannotBeDecodedIs400() throws IOException {
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write("GET /%ff/../x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(raw.rest()).startsWith("HTTP/1.1 400").contains("TR-1001");
        }
    }

    @Test
    void theCallersRequestIdIsRepeated() {
        assertThat(header(get("/hello", "X-Request-Id", "abc-123"), "x-request-id"))
                .isEqualTo("abc-123");
        assertThat(header(get("/nowhere", "X-Request-Id", "abc-123"), "x-request-id"))
                .isEqualTo("abc-123");
    }

    @Test
    void aRequestIdThatIsNotVisibleAsciiIsReplaced() {
        for (String bad : new String[] {"a b", "x".repeat(129)}) {
            HttpResponse<String> response = get("/hello", "X-Request-Id", bad);
            assertThat(header(response, "x-request-id"))
                    .isEqualTo(header(response, "treadle-invocation"));
        }
    }

    @Test
    void theTraceGoesOn() {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        get("/hello", "traceparent", parent, "tracestate", "a=1");
        get("/hello", "traceparent", "nonsense");
        assertThat(functions.seen.get(0).lineage().trace())
                .hasValueSatisfying(
                        trace -> {
                            assertThat(trace.traceId())
                                    .isEqualTo("0af7651916cd43dd8448eb211c80319c");
                            assertThat(trace.state()).isEqualTo(Optional.of("a=1"));
                        });
        assertThat(functions.seen.get(1).lineage().trace()).isEmpty();
    }

    @Test
    void aBodilessStatusHasNoBody() {
        HttpResponse<String> response = get("/gone");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aConnectionThatAsksToBeClosedIsClosed() throws IOException {
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(raw.rest()).contains("Connection: close").endsWith("\r\n\r\nGET");
        }
    }

    @Test
    void aBrokenRequestLineIs400() throws IOException {
        assertThat(answerTo("GARBAGE\r\n\r\n")).contains("HTTP/1.1 400", "TR-1001");
    }

    @Test
    void http10IsToldWhatIsSpoken() throws IOException {
        assertThat(answerTo("GET /hello HTTP/1.0\r\n\r\n"))
                .contains("HTTP/1.1 505", "TR-1001", "this node speaks HTTP/1.1 and HTTP/2");
    }

    @Test
    void whatTheTransportTurnsDownCarriesAnInvocationIdToo() throws IOException {
        assertThat(answerTo("GET /%zz HTTP/1.1\r\nHost: x\r\nX-Request-Id: mine\r\n\r\n"))
                .containsPattern("Treadle-Invocation: 01INVOCATION\\d+\r\n")
                .containsPattern("\"invocation\":\"01INVOCATION\\d+\"")
                .contains("X-Request-Id: ", "percent-encoding");
    }

    @Test
    void aMissingHostIs400() throws IOException {
        assertThat(answerTo("GET /hello HTTP/1.1\r\n\r\n")).contains("HTTP/1.1 400", "TR-1001");
    }

    @Test
    void headersThatAreTooLargeAre431() throws IOException {
        assertThat(
                        answerTo(
                                "GET /hello HTTP/1.1\r\nHost: x\r\nX-Long: "
                                        + "x".repeat(20_000)
                                        + "\r\n\r\n"))
                .contains(
                        "HTTP/1.1 431 Request Header Fields Too Large\r\n",
                        "TR-1009",
                        "http.headers-max of 16384");
    }

    @Test
    void aRequestLineThatIsTooLongIs414() throws IOException {
        assertThat(answerTo("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains("HTTP/1.1 414", "TR-1001", "the request line is too long");
    }

    @Test
    void twoFramingsAtOnceAreRefused() throws IOException {
        assertThat(
                        answerTo(
                                """
                                POST /hello HTTP/1.1\r
                                Host: x\r
                                Content-Length: 4\r
                                Transfer-Encoding: chunked\r
                                \r
                                0\r
                                \r
                                """))
                .contains("HTTP/1.1 400", "TR-1001");
    }

    @Test
    void noAnswerNamesTheServer() {
        assertThat(get("/hello").headers().map()).doesNotContainKey("server");
    }

    private String answerTo(String request) throws IOException {
        try (RawClient raw = new RawClient(trigger.port())) {
            String answer = raw.write(request).rest();
            assertThat(answer).contains("application/problem+json").contains("Connection: close");
            return answer;
        }
    }
}
