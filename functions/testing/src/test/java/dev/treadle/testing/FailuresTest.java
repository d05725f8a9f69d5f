package dev.treadle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.BadRequest;
import dev.treadle.HttpError;
import dev.treadle.HttpFunction;
import dev.treadle.NotFound;
import dev.treadle.Response;
import dev.treadle.RetryAfter;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a caller sees when a function throws. */
class FailuresTest {
    private static TestResponse thrown(Exception e) {
        HttpFunction function =
                (request, context) -> {
                    throw e;
                };
        return TestFunction.of(function).get("/");
    }

    @Test
    void httpErrorBecomesAProblemWithItsStatusAndMessage() {
        TestResponse response = thrown(new HttpError(409, "order 7 is already paid"));

        assertThat(response.status()).isEqualTo(409);
        assertThat(response.contentType()).contains("application/problem+json");
        assertThat((Object) response.json(Map.class))
                .isEqualTo(
                        Map.of(
                                "type", "urn:treadle:error:TR-1007",
                                "title", "The function turned the request down",
                                "status", 409,
                                "detail", "order 7 is already paid",
                                "code", "TR-1007",
                                "owner", "caller",
                                "invocation", response.invocation()));
    }

    @Test
    void notFoundIs404() {
        assertThat(thrown(new NotFound()).status()).isEqualTo(404);
    }

    @Test
    void anythingElseIs500AndKeepsTheCauseFromTheCaller() {
        TestResponse response = thrown(new IllegalStateException("password is hunter2"));

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text())
                .contains("TR-2001", response.invocation())
                .doesNotContain("hunter2");
        assertThat(response.failure()).containsInstanceOf(IllegalStateException.class);
    }

    @Test
    void retryAfterIs503WithSecondsRoundedUp() {
        TestResponse response = thrown(new RetryAfter(Duration.ofMillis(1200)));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Retry-After")).contains("2");
    }

    @Test
    void bodyOverTheLimitIs413WhetherReadWholeOrStreamed() {
        HttpFunction whole = (request, context) -> Response.ok(request.body());
        HttpFunction streamed = (request, context) -> Response.ok(request.stream().readAllBytes());

        for (HttpFunction function : new HttpFunction[] {whole, streamed}) {
            TestFunction test = TestFunction.of(function).payloadLimit(3);
            assertThat(test.post("/", "abc", "text/plain").text()).isEqualTo("abc");
            TestResponse response = test.post("/", "abcd", "text/plain");
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.text()).contains("TR-1004", "limits.payload, which is 3 bytes");
        }
    }

    @Test
    void bodyCannotBeTakenTwiceInTwoWays() {
        HttpFunction function =
                (request, context) -> {
                    byte[] first = request.body();
                    byte[] again = request.body();
                    first[0] = 'x';
                    assertThat(again).containsExactly('a', 'b', 'c');
                    return Response.ok(request.stream().readAllBytes());
                };

        assertThat(TestFunction.of(function).post("/", "abc", "text/plain").failure())
                .containsInstanceOf(IllegalStateException.class);
    }

    @Test
    void jsonThatDoesNotFitIs400AndSaysWhere() {
        record Order(int amount) {}
        HttpFunction function = (request, context) -> Response.json(request.json(Order.class));
        TestFunction test = TestFunction.of(function);

        assertThat(test.post("/", "{\"amount\":\"many\"}", "application/json"))
                .satisfies(r -> assertThat(r.status()).isEqualTo(400))
                .satisfies(
                        r ->
                                assertThat(r.text())
                                        .contains("the payload does not fit Order at .amount"));
        assertThat(test.post("/", "{", "application/json").text())
                .contains("the payload is not JSON", "line 1");
        assertThat(test.post("/", "", "application/json").status()).isEqualTo(400);
        assertThat(test.post("/", "{\"amount\":1} x", "application/json").status()).isEqualTo(400);
    }

    @Test
    void resultThatIsNoJsonIs500() {
        List<String> broken =
                new AbstractList<>() {
                    @Override
                    public String get(int index) {
                        throw new IllegalStateException("boom");
                    }

                    @Override
                    public int size() {
                        return 1;
                    }
                };
        HttpFunction function = (request, context) -> Response.json(broken);

        assertThat(TestFunction.of(function).get("/").status()).isEqualTo(500);
    }

    @Test
    void badRequestKeepsItsMessage() {
        assertThat(thrown(new BadRequest("size: 0 is not between 1 and 100")).text())
                .contains("TR-1001", "size: 0 is not between 1 and 100");
    }

    @Test
    void unreachableDependencyIs502() {
        TestResponse response = thrown(new IOException(new ConnectException("10.0.0.7 refused")));

        assertThat(response.status()).isEqualTo(502);
        assertThat(response.text()).contains("TR-5001", "external").doesNotContain("10.0.0.7");
    }

    @Test
    void wrongMediaTypeHasItsOwnCode() {
        assertThat(thrown(new HttpError(415, "send image/jpeg")).text()).contains("TR-1005");
    }
}
