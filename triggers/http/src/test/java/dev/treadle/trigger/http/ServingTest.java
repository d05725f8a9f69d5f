package dev.treadle.trigger.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A started trigger on a free port and a client to call it. */
abstract class ServingTest {
    static final Instant NOW = Instant.parse("2026-11-05T10:00:00Z");

    final FakeDispatcher functions = new FakeDispatcher();
    final FakeAsyncCalls calls = new FakeAsyncCalls();
    final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(60))
                    .build();
    HttpTrigger trigger = new HttpTrigger(config(), functions, calls, InstantSource.fixed(NOW));

    HttpTriggerConfig config() {
        return HttpTriggerConfig.defaults().at("127.0.0.1", 0);
    }

    @BeforeEach
    void start() {
        trigger.start();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        trigger.close();
    }

    void routes(Route... routes) {
        trigger.routes(RouteTable.of(List.of(routes)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + trigger.port() + path))
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }
}
