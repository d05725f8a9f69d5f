package dev.treadle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.HttpError;
import dev.treadle.HttpFunction;
import dev.treadle.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamsTest {
    @Test
    void streamedBodyIsCollected() {
        HttpFunction function =
                (request, context) ->
                        Response.stream(
                                out -> {
                                    out.write("one ".getBytes(StandardCharsets.UTF_8));
                                    out.flush();
                                    out.write("two".getBytes(StandardCharsets.UTF_8));
                                });

        assertThat(TestFunction.of(function).get("/").text()).isEqualTo("one two");
    }

    @Test
    void streamThatFailsHalfWayKeepsItsStatusAndTellsTheTest() {
        HttpFunction function =
                (request, context) ->
                        Response.stream(
                                out -> {
                                    out.write('1');
                                    throw new IOException("disk is gone");
                                });

        TestResponse response = TestFunction.of(function).get("/");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("1");
        assertThat(response.failure()).containsInstanceOf(IOException.class);
    }

    @Test
    void streamThatFailsBeforeItsFirstByteIsAProblem() {
        HttpFunction function =
                (request, context) ->
                        Response.stream(
                                out -> {
                                    throw new HttpError(410, "gone");
                                });

        assertThat(TestFunction.of(function).get("/").status()).isEqualTo(410);
    }

    @Test
    void eventsAreReadBackAsAClientWould() {
        HttpFunction function =
                (request, context) ->
                        Response.sse(
                                sink -> {
                                    sink.send("plain");
                                    sink.comment("still here");
                                    sink.send("tick", "7", "two\nlines");
                                    sink.send("");
                                });

        TestResponse response = TestFunction.of(function).get("/");

        assertThat(response.contentType()).contains("text/event-stream");
        assertThat(response.events())
                .containsExactly(
                        new ServerSentEvent("", "", "plain"),
                        new ServerSentEvent("tick", "7", "two\nlines"),
                        new ServerSentEvent("", "", ""));
    }

    @Test
    void eventTypeWithALineBreakIsRefused() {
        HttpFunction function =
                (request, context) -> Response.sse(sink -> sink.send("a\nb", "", "x"));

        assertThat(TestFunction.of(function).get("/").failure())
                .containsInstanceOf(IllegalArgumentException.class);
    }
}
