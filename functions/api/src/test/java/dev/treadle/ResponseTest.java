package dev.treadle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {
    @Test
    void textIsUtf8() {
        Response response = Response.text("Grüße");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .containsExactly(new Response.Header("Content-Type", "text/plain; charset=utf-8"));
        assertThat(bytes(response)).isEqualTo("Grüße".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void changingAnAnswerLeavesTheFirstOneAlone() {
        Response first = Response.ok("x");

        Response second = first.withStatus(201).header("X-A", "1").body(new byte[] {1});

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.headers()).hasSize(1);
        assertThat(bytes(first)).containsExactly('x');
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.headers()).hasSize(2);
        assertThat(bytes(second)).containsExactly(1);
    }

    @Test
    void contentTypeReplacesTheOneThatWasThere() {
        assertThat(Response.ok(new byte[0]).header("content-type", "image/png").headers())
                .containsExactly(new Response.Header("content-type", "image/png"));
    }

    @Test
    void otherHeadersMayRepeat() {
        assertThat(Response.ok().header("Set-Cookie", "a=1").header("Set-Cookie", "b=2").headers())
                .extracting(Response.Header::value)
                .containsExactly("a=1", "b=2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 199, 600, -200})
    void statusIsAFinalOne(int status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Response.status(status))
                .withMessage("not a final HTTP status: " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\nb", "ä", "a(b)"})
    void headerNameIsAToken(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Response.ok().header(name, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\u0000b"})
    void headerValueHasNoLineBreak(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Response.ok().header("X-A", value))
                .withMessage("the value of header X-A has a line break");
    }

    @Test
    void eachKindOfBodyHasItsMediaType() {
        assertThat(type(Response.ok(new byte[0]))).isEqualTo("application/octet-stream");
        assertThat(type(Response.json(1))).isEqualTo("application/json");
        assertThat(type(Response.stream(out -> {}))).isEqualTo("application/octet-stream");
        assertThat(type(Response.sse(sink -> {}))).isEqualTo("text/event-stream");
        assertThat(Response.status(204).headers()).isEmpty();
    }

    @Test
    void seeOtherNamesThePlace() {
        Response response = Response.seeOther("/orders/7");

        assertThat(response.status()).isEqualTo(303);
        assertThat(response.headers())
                .containsExactly(new Response.Header("Location", "/orders/7"));
    }

    private static byte[] bytes(Response response) {
        return ((Response.Body.Bytes) response.body()).bytes();
    }

    private static String type(Response response) {
        return response.headers().getFirst().value();
    }
}
