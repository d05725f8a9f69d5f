package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.FreePort;
import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Events wait while something that their function depends on is down. */
class RequiresTest {
    private static final String SHIP =
            """
            public class Ship implements EventFunction {
                public void handle(Event event, Context context) {
                    context.log().info("shipped {} at attempt {};", event.text(), context.invocation().attempt());
                }
            }
            """;
    private static final String ORDERS =
            "triggers: [nats: {stream: ORDERS, subject: orders.new, create: true}]\n";
    private static final String REQUIRES =
            ORDERS + "requires: [{%s: '%s', interval: 100ms, timeout: 5s, failures: 1}]";

    private final OpenApi openApi = new OpenApi();
    @TempDir Path folder;
    private NatsProcess server;
    private TestNode node;

    @BeforeEach
    void start() throws Exception {
        server =
                NatsProcess.start(
                        NatsRelease.underTest(), Files.createDirectories(folder.resolve("nats")));
        node = new TestNode(folder.resolve("node"), server);
        node.deploy("ship", SHIP, ORDERS);
        Eventually.holds(() -> is("active"));
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void eventsKeepTheirAttemptsWhileAPortIsClosed() throws IOException {
        int port = FreePort.next();
        node.deploy("ship", SHIP, REQUIRES.formatted("tcp", "127.0.0.1:" + port));
        Eventually.holds(() -> reason().contains("down since"));
        publish("o-1");

        assertThat(is("paused")).isTrue();
        assertThat(reason()).startsWith("dependency tcp 127.0.0.1:" + port + " down since ");
        String labels = "{faas_name=\"ship\",";
        Eventually.holds(
                () ->
                        metrics()
                                        .contains(
                                                "treadle_trigger_paused"
                                                        + labels
                                                        + "trigger=\"nats\"} 1")
                                && metrics().contains("treadle_dependency_up" + labels + "depend"));
        HttpResponse<String> detail = node.admin("GET", "/v1/functions/ship");
        openApi.check("GET", "/v1/functions/{name}", detail);
        JsonNode dependency = TestNode.json(detail).path("requires").get(0);
        assertThat(dependency.path("state").asString()).isEqualTo("down");
        assertThat(logs()).doesNotContain("shipped");

        try (ServerSocket opened = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            assertThat(opened.isBound()).isTrue();
            Eventually.holds(() -> logs().contains("shipped o-1 at attempt 1;"));
            assertThat(is("active")).isTrue();
        }

        Eventually.holds(() -> is("paused"));
    }

    @Test
    void aUrlIsUpWithAStatusBelow400() throws IOException {
        AtomicInteger status = new AtomicInteger(503);
        HttpServer stock =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stock.createContext(
                "/health",
                exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(status.get(), -1);
                    }
                });
        stock.start();
        try {
            String url = "http://127.0.0.1:%d/health".formatted(stock.getAddress().getPort());
            node.deploy("ship", SHIP, REQUIRES.formatted("http", url));
            Eventually.holds(() -> reason().contains("it answers 503"));

            status.set(204);

            Eventually.holds(() -> is("active"));
        } finally {
            stock.stop(0);
        }
        Eventually.holds(() -> reason().contains("the connection is refused"));
    }

    @Test
    void aFunctionIsUpWhenItCanBeCalled() throws IOException {
        node.deploy("ship", SHIP, REQUIRES.formatted("function", "echo"));
        Eventually.holds(() -> reason().contains("there is no such function"));

        node.deploy("echo", TestNode.ECHO);

        Eventually.holds(() -> is("active"));
    }

    @Test
    void aDeployWithoutTheDependencyEndsThePauseAndAnOperatorsPauseHasPrecedence()
            throws IOException {
        node.deploy("ship", SHIP, REQUIRES.formatted("tcp", "127.0.0.1:" + FreePort.next()));
        Eventually.holds(() -> reason().contains("down since"));
        node.admin(
                "POST",
                "/v1/functions/ship/triggers/nats/pause",
                "{\"by\":\"ana\",\"reason\":\"lunch\"}");
        assertThat(reason()).startsWith("paused by ana since ");

        node.admin("POST", "/v1/functions/ship/triggers/nats/resume");
        Eventually.holds(() -> reason().contains("down since"));
        node.deploy("ship", SHIP, ORDERS);

        Eventually.holds(() -> is("active"));
    }

    @Test
    void aDeployWarnsWhereNoEventCouldWait() throws IOException {
        String requires = "requires: [{function: echo}]";
        JsonNode idle = node.deploy("idle", SHIP, requires);
        JsonNode waiting = node.deploy("ship", SHIP, ORDERS + requires);

        assertThat(idle.path("warnings").get(0).path("path").asString()).isEqualTo("requires");
        assertThat(idle.path("warnings").get(0).path("message").asString())
                .isEqualTo(
                        "requires: it pauses nothing, since only `nats` triggers wait and there is none; what is down only shows in `describe` and the metrics");
        assertThat(waiting.path("warnings")).isEmpty();
    }

    private JsonNode trigger() {
        return TestNode.json(node.admin("GET", "/v1/functions/ship/triggers"))
                .path("triggers")
                .path(0);
    }

    private boolean is(String state) {
        return trigger().path("state").asString("").equals(state);
    }

    private String reason() {
        return trigger().path("reason").asString("");
    }

    private void publish(String data) {
        String body = "{\"subject\":\"orders.new\",\"data\":\"%s\"}".formatted(data);
        Eventually.holds(() -> node.admin("POST", "/v1/events", body).statusCode() == 200);
    }

    private String metrics() {
        return node.admin("GET", "/metrics").body();
    }

    private String logs() {
        return node.admin("GET", "/v1/functions/ship/logs").body();
    }
}
