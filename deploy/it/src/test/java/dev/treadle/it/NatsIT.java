package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.NatsRelease;
import dev.treadle.trigger.nats.server.NatsBinary;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node and the NATS server that it manages, as processes. */
class NatsIT {
    private static final String[] MANAGED = {"--nats", "managed", "--nats-port", "0"};

    @TempDir Path folder;
    private Distribution distribution;

    @BeforeEach
    void distribution() {
        distribution = new Distribution(folder);
    }

    @Test
    void theManagedServerIsReportedWithVersionAndDurabilityAndStopsWithTheNode() throws Exception {
        NatsBinary binary = binary();
        ProcessHandle server;
        try (TreadleProcess node = TreadleProcess.up(distribution, MANAGED)) {
            awaitConnected(node);
            server = server();

            assertThat(node.output())
                    .containsPattern(
                            "nats +nats://127.0.0.1:\\d+  nats-server %s, durability interval"
                                    .formatted(binary.version()));
            assertThat(node.run("doctor").out())
                    .containsPattern(
                            "nats +managed nats-server %s at nats://.*, durability interval"
                                    .formatted(binary.version()));
            assertThat(Http.get(node.admin("/health/ready")).body())
                    .containsPattern("\"name\":\"nats\",\"status\":\"UP\"");
            node.terminate();
            assertThat(node.waitFor()).as(node.output()).isZero();
        }
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void aKilledNodesServerDoesNotOutliveItAndTheNextNodeHasItsOwn() throws Exception {
        binary();
        try (TreadleProcess node = TreadleProcess.up(distribution, MANAGED)) {
            awaitConnected(node);
            ProcessHandle server = server();
            node.kill();
            Eventually.holds(() -> !server.isAlive());
        }
        try (TreadleProcess node = TreadleProcess.up(distribution, MANAGED)) {
            awaitConnected(node);
        }
    }

    @Test
    void aNodeWithoutNatsServesAndSaysSo() throws Exception {
        try (TreadleProcess node = TreadleProcess.up(distribution, "--samples")) {
            assertThat(Http.get(node.http("/hello")).statusCode()).isEqualTo(200);
            assertThat(Http.get(node.admin("/health/ready")).body())
                    .contains("off, as configured: NATS triggers do not run");
            assertThat(node.run("describe", "hello").out()).containsPattern("NATS +off: off, as");
        }
    }

    @Test
    void aServerThatIsNotThereDoesNotKeepTheNodeFromServing() throws Exception {
        try (TreadleProcess node =
                TreadleProcess.up(
                        distribution, "--samples", "--nats", "nats://ann:hidden@localhost:1")) {
            assertThat(Http.get(node.http("/hello")).statusCode()).isEqualTo(200);
            Eventually.holds(() -> node.output().contains("cannot connect"));
            assertThat(node.run("doctor").out())
                    .contains("starting: cannot connect")
                    .doesNotContain("hidden");
        }
    }

    @Test
    void brokenFunctionsEventsAreRedrivenOnceItIsMended() throws Exception {
        binary();
        try (TreadleProcess node = TreadleProcess.up(distribution, MANAGED)) {
            awaitConnected(node);
            ship(node, "throw new IllegalStateException(\"no lorry\");");
            Eventually.holds(
                    () -> succeeds(node, "event", "publish", "orders.new", "--data", "o-1"));
            Eventually.holds(() -> run(node, "dlq", "list", "ship").out().contains("no lorry"));
            assertThat(run(node, "dlq", "show", "ship", "1").out()).contains("o-1", "exhausted");
            assertThat(run(node, "dlq", "redrive", "ship", "--dry-run").out())
                    .contains("Would redrive 1");
            assertThat(run(node, "dlq", "redrive", "ship").status()).isEqualTo(1);

            ship(node, "context.log().info(\"shipped \" + event.text());");

            assertThat(run(node, "dlq", "redrive", "ship").out()).contains("Redrove 1, 0 failed");
            assertThat(run(node, "logs", "ship").out()).contains("shipped o-1");
            assertThat(run(node, "replay", "ship", "--from-seq", "1", "--diff", "v1").out())
                    .contains("Compared 1: 0 the same, 1 different (- live, + v1)");
            assertThat(run(node, "replay", "ship", "--from", "1h", "--to-release", "v2").out())
                    .contains("Replayed 1, 0 failed");
            assertThat(run(node, "event", "save", "o-2", "--data", "o-2").status()).isZero();
            assertThat(run(node, "event", "list").out()).contains("o-2");
            assertThat(run(node, "event", "show", "o-2").out()).contains("dev.treadle.test");
            assertThat(run(node, "event", "send", "o-2", "--to", "ship").status()).isZero();
            assertThat(run(node, "logs", "ship").out()).contains("shipped o-2");
            assertThat(run(node, "event", "send", "o-2", "--subject", "orders.new").out())
                    .contains("ORDERS has it as number 2");
            assertThat(run(node, "event", "delete", "o-2").status()).isZero();
            assertThat(run(node, "event", "show", "o-2").err())
                    .contains("there is no test event 'o-2'");
            assertThat(run(node, "dlq", "list", "ship").out()).contains("no such dead letter");
            assertThat(run(node, "dlq", "purge", "ship").status()).isEqualTo(2);
            assertThat(run(node, "dlq", "purge", "ship", "--yes").out()).contains("Removed 0");
        }
    }

    @Test
    void anOrderGoesThroughTheSamplesToItsResult() throws Exception {
        binary();
        try (TreadleProcess node =
                TreadleProcess.up(
                        distribution, "--samples", "--nats", "managed", "--nats-port", "0")) {
            awaitConnected(node);
            String[] placed = {""};
            Eventually.holds(
                    () -> {
                        HttpResponse<String> response =
                                post(node, "/orders", "{\"item\":\"cup\",\"quantity\":3}");
                        placed[0] = response.body();
                        return response.statusCode() == 202;
                    });

            Eventually.holds(
                    () -> post(node, "/orders/find", placed[0]).body().contains("\"cents\":2697"));

            String many = post(node, "/orders", "{\"item\":\"cup\",\"quantity\":100}").body();
            Eventually.holds(
                    () -> post(node, "/orders/find", many).body().contains("\"cents\":80910"));
            assertThat(run(node, "invocations", "order-discount", "--json").out())
                    .containsPattern("\"trigger\" ?: ?\"call\"")
                    .contains("\"parent\"");

            var _ = post(node, "/orders", "{\"item\":\"samovar\",\"quantity\":1}");
            Eventually.holds(
                    () ->
                            run(node, "dlq", "list", "order-pricing")
                                    .out()
                                    .contains("there is no price for samovar"));
        }
    }

    private static HttpResponse<String> post(TreadleProcess node, String path, String json) {
        try {
            return Http.post(node.http(path), "application/json", json);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void ship(TreadleProcess node, String body) throws Exception {
        distribution.write(
                "ship/function.yaml",
                """
                schema: 1
                name: ship
                entry: Ship
                triggers:
                  - nats:
                      stream: ORDERS
                      subject: orders.new
                      create: {subjects: ["orders.>"]}
                      retry: {attempts: 2, backoff: [10ms]}
                """);
        distribution.write(
                "ship/Ship.java",
                """
                import dev.treadle.*;

                public final class Ship implements EventFunction {
                    @Override
                    public void handle(Event event, Context context) {
                        %s
                    }
                }
                """
                        .formatted(body));
        Finished deployed = run(node, "deploy", "ship");
        assertThat(deployed.status()).as(deployed.toString()).isZero();
    }

    private static boolean succeeds(TreadleProcess node, String... verb) {
        return run(node, verb).status() == 0;
    }

    private static Finished run(TreadleProcess node, String... verb) {
        try {
            return node.run(verb);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server of this machine, where a user of the distribution would have it. */
    private NatsBinary binary() throws Exception {
        Optional<NatsBinary> found = NatsBinary.find();
        if (found.isEmpty()) {
            NatsRelease.missing("a nats-server");
        }
        Path bin = Files.createDirectories(folder.resolve("home/.treadle/bin"));
        Files.createSymbolicLink(bin.resolve("nats-server"), found.orElseThrow().path());
        return found.orElseThrow();
    }

    private ProcessHandle server() throws Exception {
        String pid = Files.readString(folder.resolve(".treadle/nats/pid"));
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static void awaitConnected(TreadleProcess node) {
        Eventually.holds(() -> node.output().contains("nats://127.0.0.1:"));
    }
}
