package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Response;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outcomes as callers see them. */
class RepliesTest extends ServingTest {
    private static final String LONG = "lorem ipsum ".repeat(200);

    @Test
    void aFailureIsAProblemWithTheInvocation() {
        HttpResponse<String> response =
                outcome(
                        new Outcome.Failed(
                                ErrorCode.FUNCTION_ERROR, 500, "it broke", false, Duration.ZERO));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(header(response, "content-type")).isEqualTo("application/problem+json");
        assertThat(response.body())
                .isEqualTo(
                        "{\"type\":\"urn:treadle:error:TR-2001\",\"title\":\"The function failed\","
                                + "\"status\":500,\"detail\":\"it broke\",\"code\":\"TR-2001\","
                                + "\"owner\":\"function\",\"invocation\":\""
                                + functions.seen.getFirst().id()
                                + "\"}\n");
        assertThat(header(response, "treadle-invocation"))
                .isEqualTo(functions.seen.getFirst().id());
        assertThat(header(response, "retry-after")).isEqualTo("none");
    }

    @Test
    void everyAnswerNamesItsInvocation() {
        routes(Route.of("f", "/f", "GET"));

        HttpResponse<String> options =
                send(request("/f").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(header(options, "treadle-invocation"))
                .isEqualTo(header(options, "x-request-id"))
                .startsWith("01INVOCATION");
    }

    @Test
    void theFunctionsOwnStatusWins() {
        HttpResponse<String> response =
                outcome(
                        new Outcome.Failed(
                                ErrorCode.REJECTED, 422, "no such size", true, Duration.ZERO));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).get("status").intValue()).isEqualTo(422);
    }

    @Test
    void anExpiredCallNamesItsLimit() {
        HttpResponse<String> response = outcome(new Outcome.Expired(Duration.ofMillis(1500)));
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(json(response).get("code").stringValue()).isEqualTo("TR-2002");
        assertThat(json(response).get("detail").stringValue())
                .isEqualTo("the function did not end within its limits.timeout of 1500ms");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 1", "PT0.2S, 1", "PT1S, 1", "PT1.001S, 2", "PT30S, 30"})
    void aRefusedCallTellsWhenToComeBack(Duration pause, String seconds) {
        HttpResponse<String> response =
                outcome(new Outcome.Refused(ErrorCode.FUNCTION_BUSY, "busy", pause));
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(header(response, "retry-after")).isEqualTo(seconds);
        assertThat(json(response).get("owner").stringValue()).isEqualTo("capacity");
    }

    @Test
    void retryLaterIs503WithThePause() {
        HttpResponse<String> response =
                outcome(
                        new Outcome.Failed(
                                ErrorCode.RETRY_LATER, 503, "later", false, Duration.ofSeconds(7)));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(header(response, "retry-after")).isEqualTo("7");
    }

    @Test
    void aBrokenDispatcherIsOurFaultAndSaysNoMore() {
        functions.function(
                "f",
                _ -> {
                    throw new Error("secret");
                });
        functions.function("g", _ -> new Outcome.Succeeded(Response.json("x")));
        routes(Route.of("f", "/f"), Route.of("g", "/g"));
        HttpResponse<String> response = get("/f");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("TR-4001").doesNotContain("secret");
        assertThat(get("/g").body()).contains("TR-4001");
    }

    @Test
    void headersComeAsTheFunctionSetThemButForTheTransports() throws IOException {
        functions.http(
                "f",
                _ ->
                        Response.text("hi")
                                .header("Set-Cookie", "a=1")
                                .header("Set-Cookie", "b=2")
                                .header("X-Mine", "yes")
                                .header("Content-Length", "999")
                                .header("Transfer-Encoding", "chunked")
                                .header("Connection", "upgrade"));
        routes(Route.of("f", "/f"));
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write("GET /f HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(raw.rest())
                    .contains("Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n")
                    .contains("X-Mine: yes\r\n", "Content-Length: 2\r\n", "Connection: close\r\n")
                    .doesNotContain("chunked", "upgrade", "999");
        }
    }

    @Test
    void aHeaderThatCannotBeSentIsTheFunctionsFault() {
        functions.http("f", _ -> Response.text("hi").header("X-Bad", "bell\u0007"));
        routes(Route.of("f", "/f"));
        HttpResponse<String> response = get("/f");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("TR-2005", "X-Bad");
    }

    @ParameterizedTest
    @CsvSource({"204", "205", "304"})
    void bodilessStatusesDropTheBody(int status) throws IOException {
        functions.http("f", _ -> Response.text("must not be sent").withStatus(status));
        routes(Route.of("f", "/f"));
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write("GET /f HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(raw.rest()).startsWith("HTTP/1.1 " + status).endsWith("\r\n\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "gzip, true",
                "\"br, gzip;q=0.5\", true",
                "*, true",
                "\"gzip;q=0, *\", false",
                "br, false",
                "identity, false",
            })
    void textIsCompressedWhereItIsAskedFor(String accepted, boolean compressed) throws Exception {
        functions.http("f", _ -> Response.text(LONG).header("ETag", "\"1\""));
        routes(Route.of("f", "/f"));
        HttpResponse<byte[]> response =
                client.send(
                        request("/f").header("Accept-Encoding", accepted).build(),
                        BodyHandlers.ofByteArray());
        assertThat(header(response, "vary")).isEqualTo("Accept-Encoding");
        assertThat(header(response, "content-encoding")).isEqualTo(compressed ? "gzip" : "none");
        assertThat(header(response, "etag")).isEqualTo(compressed ? "W/\"1\"" : "\"1\"");
        assertThat(compressed ? inflate(response.body()) : text(response.body())).isEqualTo(LONG);
    }

    @Test
    void smallBinaryAndCodedAnswersAreLeftAlone() {
        functions
                .http("small", _ -> Response.text("x".repeat(1023)))
                .http("binary", _ -> Response.ok(new byte[4096]))
                .http("coded", _ -> Response.text(LONG).header("Content-Encoding", "br"));
        routes(
                Route.of("small", "/small"),
                Route.of("binary", "/binary"),
                Route.of("coded", "/coded"));
        assertThat(header(get("/small", "Accept-Encoding", "gzip"), "content-encoding"))
                .isEqualTo("none");
        assertThat(header(get("/binary", "Accept-Encoding", "gzip"), "content-encoding"))
                .isEqualTo("none");
        assertThat(header(get("/coded", "Accept-Encoding", "gzip"), "content-encoding"))
                .isEqualTo("br");
    }

    @Test
    void headOfACompressedAnswerHasTheCompressedLength() {
        functions.http("f", _ -> Response.text(LONG));
        routes(Route.of("f", "/f"));
        HttpResponse<String> response =
                send(
                        request("/f")
                                .header("Accept-Encoding", "gzip")
                                .method("HEAD", BodyPublishers.noBody()));
        assertThat(header(response, "content-encoding")).isEqualTo("gzip");
        assertThat(Integer.parseInt(header(response, "content-length"))).isBetween(20, 200);
    }

    private HttpResponse<String> outcome(Outcome outcome) {
        functions.function("f", (InvocationRequest _) -> outcome);
        routes(Route.of("f", "/f"));
        return get("/f");
    }

    private static String inflate(byte[] bytes) throws IOException {
        return text(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
