package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A node whose NATS server comes again with an empty store. */
class LostStoreTest {
    private static final String SHIP =
            """
            public class Ship implements EventFunction {
                public void handle(Event event, Context context) {
                    context.log().info("got {};", event.text());
                    if (event.text().startsWith("bad")) {
                        throw new IllegalStateException("no lorry");
                    }
                }
            }
            """;
    private static final String ORDERS =
            """
            triggers:
              - nats:
                  stream: ORDERS
                  subject: orders.new
                  create: true
                  ordering: key
                  retry: {attempts: 2, backoff: [10ms], jitter: none}
            """;
    private static final String BEAT =
            """
            public class Beat implements EventFunction {
                public void handle(Event tick, Context context) {
                    context.log().info("beat;");
                }
            }
            """;

    @TempDir Path folder;
    private NatsProcess server;
    private TestNode node;

    @BeforeEach
    void start() throws Exception {
        server =
                NatsProcess.start(
                        NatsRelease.underTest(), Files.createDirectories(folder.resolve("nats")));
        node = new TestNode(folder.resolve("node"), server);
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

    private void loseTheStore() throws Exception {
        server.kill();
        Files.move(folder.resolve("nats/store"), folder.resolve("nats/lost"));
        server.startAgain();
    }

    @Test
    void eventsAreTriedAgainAndBecomeDeadLettersAsBefore() throws Exception {
        node.deploy("ship", SHIP, ORDERS);
        publish("bad-1");
        Eventually.holds(() -> deadLetters() == 1 && isIdle());

        loseTheStore();

        publish("bad-2");
        publish("good");
        Eventually.holds(() -> logs("ship").contains("got good;"));
        Eventually.holds(() -> deadLetters() == 1);
        assertThat(times("ship", "got bad-2;")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void schedulesFireOn() throws Exception {
        node.deploy("beat", BEAT, "triggers: [schedule: {cron: '* * * * * *'}]");
        Eventually.holds(() -> beats() > 0);

        loseTheStore();
        int before = beats();

        Eventually.holds(() -> beats() > before);
    }

    private void publish(String data) {
        String body = "{\"subject\":\"orders.new\",\"data\":\"%s\"}".formatted(data);
        Eventually.holds(() -> node.admin("POST", "/v1/events", body).statusCode() == 200);
    }

    /** Whether nothing is left to do for any event. */
    private boolean isIdle() {
        JsonNode events =
                TestNode.json(node.admin("GET", "/v1/functions/ship/triggers"))
                        .path("triggers")
                        .path(0)
                        .path("events");
        return events.path("active").asInt(-1) == 0 && events.path("pending").asInt(-1) == 0;
    }

    private int deadLetters() {
        return TestNode.json(node.admin("GET", "/v1/functions/ship/dead-letters"))
                .path("total")
                .asInt();
    }

    private int beats() {
        return times("beat", "beat;");
    }

    private int times(String function, String line) {
        return logs(function).split(line, -1).length - 1;
    }

    private String logs(String function) {
        return node.admin("GET", "/v1/functions/" + function + "/logs?limit=1000").body();
    }
}
