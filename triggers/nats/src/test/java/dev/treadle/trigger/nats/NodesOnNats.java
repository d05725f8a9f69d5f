package dev.treadle.trigger.nats;

import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import io.nats.client.Connection;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests of triggers: a real server, nodes at it, and somebody outside who publishes. */
abstract class NodesOnNats {
    /** On the stream S. */
    static final NatsTriggerConfig CONFIG = TestNode.config("f");

    @TempDir Path store;
    final List<TestNode> nodes = new ArrayList<>();
    RealServer server;
    Connection outside;

    @BeforeEach
    void start() throws Exception {
        server = RealServer.start(store);
        outside = server.connect();
    }

    @AfterEach
    void stop() throws Exception {
        try (RealServer _ = server) {
            for (TestNode node : nodes) {
                node.close();
            }
            if (outside != null) {
                outside.close();
            }
        }
    }

    /** Another node, with its function. */
    TestNode node(Function<InvocationRequest, Outcome> function) throws Exception {
        TestNode node = new TestNode(server, function);
        nodes.add(node);
        return node;
    }

    /** Starts a trigger and waits until it takes events in. */
    static NatsTrigger running(TestNode node, NatsTriggerConfig config) {
        NatsTrigger trigger = node.start(config);
        Eventually.holds(() -> trigger.state().phase() == NatsTrigger.Phase.RUNNING);
        return trigger;
    }

    /** Makes the stream S, for what is published before there is a trigger. */
    void stream() throws Exception {
        outside.jetStreamManagement()
                .addStream(StreamConfiguration.builder().name("S").subjects("s.>").build());
    }

    void publish(String subject, String data) {
        publish(subject, data, Map.of());
    }

    void publish(String subject, String data, Map<String, String> headers) {
        try {
            store(subject, data, headers, Duration.ofSeconds(60));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Whether the server has stored it; it may be away. */
    boolean isStored(String subject, String data, Map<String, String> headers) {
        try {
            store(subject, data, headers, Duration.ofMillis(500));
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    private void store(String subject, String data, Map<String, String> headers, Duration patience)
            throws Exception {
        Headers all = new Headers();
        headers.forEach(all::put);
        var _ =
                outside.jetStream(JetStreamOptions.builder().requestTimeout(patience).build())
                        .publish(subject, all, data.getBytes(StandardCharsets.UTF_8));
    }

    /** Has somebody hear each answer that the server gets and that begins like this. */
    void onAnswer(String beginning, Consumer<String> heard) throws Exception {
        outside.createDispatcher(
                        message -> {
                            String answer = body(message.getData());
                            if (answer.startsWith(beginning)) {
                                heard.accept(answer);
                            }
                        })
                .subscribe("$JS.ACK.S.>");
        outside.flush(Duration.ofSeconds(60));
    }

    /** The trigger's consumer. */
    ConsumerInfo info() {
        try {
            return outside.jetStreamManagement().getConsumerInfo("S", CONFIG.durable());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    List<DeadLetter> letters(String function) {
        List<DeadLetter> letters = new ArrayList<>();
        new DeadLetterStore(new NatsSession(() -> Optional.of(outside), () -> ""))
                .scan(
                        function,
                        stored -> {
                            letters.add(stored.letter());
                            return true;
                        });
        return letters;
    }

    static String body(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }

    static void acquire(Semaphore semaphore) {
        try {
            semaphore.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the test is over
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
