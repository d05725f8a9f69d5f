package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Response;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpTriggerTest extends ServingTest {
    @Test
    void answersBytesWithTheInvocationsId() {
        functions.http("hello", _ -> Response.text("Hello"));
        routes(Route.of("hello", "/hello"));
        HttpResponse<String> response = get("/hello");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("Hello");
        assertThat(header(response, "content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(header(response, "content-length")).isEqualTo("5");
        assertThat(header(response, "treadle-invocation")).isEqualTo(functions.seen.get(0).id());
        assertThat(header(response, "x-request-id")).isEqualTo(functions.seen.get(0).id());
    }

    @Test
    void givesTheFunctionWhatCameIn() {
        functions.http(
                "echo",
                request ->
                        Response.text(
                                request.method()
                                        + " "
                                        + request.path()
                                        + " "
                                        + request.pathParam("id")
                                        + " "
                                        + request.queryParams("q")
                                        + " "
                                        + request.header("X-Kind").orElse("")
                                        + " "
                                        + request.remoteAddress()
                                        + " "
                                        + request.text()));
        routes(Route.of("echo", "/things/{id}", "POST"));
        HttpResponse<String> response =
                send(
                        request("/things/a%20b?q=1&q=x+y&r")
                                .header("x-kind", "small")
                                .POST(BodyPublishers.ofString("body")));
        assertThat(response.body()).isEqualTo("POST /things/a b a b [1, x y] small 127.0.0.1 body");
    }

    @Test
    void anInvocationNamesTheRouteThatCausedIt() {
        functions.http("a", _ -> Response.text("a"));
        routes(Route.of("a", "/a"), Route.of("a", "/b").named("http-2"));

        get("/a");
        get("/b");

        assertThat(functions.seen)
                .extracting(dev.treadle.trigger.InvocationRequest::trigger)
                .containsExactly("http", "http-2");
    }

    @Test
    void aNewTableIsInForceAtOnce() {
        functions.http("a", _ -> Response.text("a")).http("b", _ -> Response.text("b"));
        routes(Route.of("a", "/"));
        assertThat(get("/").body()).isEqualTo("a");
        routes(Route.of("b", "/"));
        assertThat(get("/").body()).isEqualTo("b");
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        HttpTrigger second =
                new HttpTrigger(
                        config().at("127.0.0.1", trigger.port()),
                        functions,
                        calls,
                        InstantSource.system());
        assertThatThrownBy(second::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("127.0.0.1:" + trigger.port())
                .hasMessageContaining("Choose another port");
    }

    @Test
    void anInterruptThatComesLateDoesNotCostTheAnswer() {
        functions
                .http(
                        "bytes",
                        _ -> {
                            Thread.currentThread().interrupt();
                            return Response.text("still here");
                        })
                .http(
                        "stream",
                        _ ->
                                Response.stream(
                                        out -> {
                                            out.write('x');
                                            Thread.currentThread().interrupt();
                                        }));
        routes(Route.of("bytes", "/bytes"), Route.of("stream", "/stream"));
        assertThat(get("/bytes").body()).isEqualTo("still here");
        assertThat(get("/stream").body()).isEqualTo("x");
    }

    @Test
    void aDispatcherThatThrowsIsOurFault() {
        Dispatcher broken =
                new Dispatcher() {
                    @Override
                    public Outcome dispatch(InvocationRequest request) {
                        throw new IllegalStateException("secret");
                    }

                    @Override
                    public String newInvocationId() {
                        return "id";
                    }
                };
        try (HttpTrigger other = new HttpTrigger(config(), broken, calls, InstantSource.system())) {
            other.routes(RouteTable.of(List.of(Route.of("f", "/f"))));
            other.start();
            HttpResponse<String> response =
                    send(
                            HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + other.port() + "/f")));
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).contains("TR-4001", "\"id\"").doesNotContain("secret");
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws IOException {
        HttpTriggerConfig plain = config();
        HttpTriggerConfig impatient =
                new HttpTriggerConfig(
                        plain.host(),
                        0,
                        plain.tls(),
                        plain.maxHeaderBytes(),
                        plain.maxPayloadBytes(),
                        plain.maxConnections(),
                        Duration.ofSeconds(1));
        try (HttpTrigger other =
                new HttpTrigger(impatient, functions, calls, InstantSource.system())) {
            other.start();
            try (RawClient raw = new RawClient(other.port())) {
                raw.write("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(raw.rest()).startsWith("HTTP/1.1 404").endsWith("}\n");
            }
        }
    }
}
