package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Response;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 without TLS, on the port that HTTP/1.1 has. */
class Http2Test extends ServingTest {
    @BeforeEach
    void functions() {
        functions
                .http("echo", request -> Response.ok(request.body()))
                .http("gone", _ -> Response.status(204));
        routes(Route.of("echo", "/echo"), Route.of("gone", "/gone", "GET"));
    }

    @Test
    void aConnectionIsUpgraded() {
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> response = http2(request("/echo"));
            assertThat(response.version()).isEqualTo(Version.HTTP_2);
            assertThat(header(response, "content-length")).isEqualTo("0");
        }
    }

    @Test
    void aConnectionMayBeginAsHttp2() throws IOException {
        try (RawClient raw = new RawClient(trigger.port())) {
            raw.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            raw.write("\0\0\0\4\0\0\0\0\0");
            String frame = raw.read(9);
            assertThat(frame.charAt(3)).as("the type of the first frame: SETTINGS").isEqualTo('\4');
        }
    }

    @Test
    void bodiesGoBothWays() {
        http2(request("/echo"));
        String text = "x".repeat(60_000);
        HttpResponse<String> response = http2(request("/echo").POST(BodyPublishers.ofString(text)));
        assertThat(response.version()).isEqualTo(Version.HTTP_2);
        assertThat(response.body()).isEqualTo(text);
    }

    @Test
    void statusesAndErrorsAreTheSame() {
        http2(request("/echo"));
        assertThat(http2(request("/gone")).statusCode()).isEqualTo(204);
        HttpResponse<String> wrongMethod = http2(request("/gone").DELETE());
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(header(wrongMethod, "allow")).isEqualTo("GET, HEAD, OPTIONS");
        HttpResponse<String> tooLarge =
                http2(request("/echo").POST(BodyPublishers.ofByteArray(new byte[70_000])));
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.version()).isEqualTo(Version.HTTP_2);
        HttpResponse<String> unknownCoding =
                http2(
                        request("/echo")
                                .header("Content-Encoding", "br")
                                .POST(BodyPublishers.ofString("x")));
        assertThat(unknownCoding.statusCode()).isEqualTo(415);
        HttpResponse<String> head = http2(request("/gone").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(204);
    }

    private HttpResponse<String> http2(HttpRequest.Builder request) {
        return send(request.version(Version.HTTP_2));
    }
}
