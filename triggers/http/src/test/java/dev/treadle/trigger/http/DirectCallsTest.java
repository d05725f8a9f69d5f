package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Response;
import dev.treadle.trigger.InvocationRequest.Target;
import io.helidon.webserver.WebServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectCallsTest extends ServingTest {
    @Test
    void anInterruptThatComesLateDoesNotCostTheAnswer() {
        functions.http(
                "bytes",
                _ -> {
                    Thread.currentThread().interrupt();
                    return Response.text("still here");
                });
        DirectCalls direct =
                new DirectCalls(functions, calls, () -> "", 1 << 20, InstantSource.fixed(NOW));
        WebServer other =
                WebServer.builder()
                        .host("127.0.0.1")
                        .routing(
                                routing ->
                                        routing.any(
                                                (request, response) ->
                                                        direct.call(
                                                                request,
                                                                response,
                                                                Target.live("bytes"),
                                                                "invoke",
                                                                new DirectCalls.Seen(
                                                                        "GET", "/", "",
                                                                        List.of()))))
                        .build()
                        .start();
        try {
            URI uri = URI.create("http://127.0.0.1:" + other.port() + "/");
            assertThat(send(HttpRequest.newBuilder(uri)).body()).isEqualTo("still here");
        } finally {
            other.stop();
        }
    }
}
