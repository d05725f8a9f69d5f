package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Event;
import dev.treadle.Response;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.AsyncCall.State;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Lineage;
import dev.treadle.trigger.Outcome;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.NatsMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DestinationsTest {
    private static final Destination OUT = new Destination.ToSubject("out.f");
    private static final Destination ALARM = new Destination.ToFunction("alarm");

    @TempDir Path folder;
    private RealServer server;
    private final List<AsyncNode> nodes = new ArrayList<>();
    private final List<NatsTrigger> triggers = new ArrayList<>();
    private final List<String> posts = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startServer() throws Exception {
        server = RealServer.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        triggers.forEach(NatsTrigger::close);
        for (AsyncNode node : nodes) {
            node.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private AsyncNode node(Function<InvocationRequest, Outcome> function) throws Exception {
        AsyncNode node = new AsyncNode(server, this::post, function);
        nodes.add(node);
        return node;
    }

    private int post(URI url, Map<String, String> headers, byte[] body) {
        posts.add(url + " " + headers.get("webhook-id"));
        return 200;
    }

    private static Outcome answer() {
        return new Outcome.Succeeded(
                Response.text("done").body("done".getBytes(StandardCharsets.UTF_8)));
    }

    /** Events of s.x run, and their outcomes go somewhere. */
    private void trigger(AsyncNode node, Destinations destinations) throws Exception {
        NatsTriggerConfig plain = TestNode.config("f");
        NatsTrigger trigger =
                new NatsTrigger(
                        new NatsTriggerConfig(
                                plain.target(),
                                plain.name(),
                                plain.stream(),
                                plain.subject(),
                                plain.order(),
                                plain.batch(),
                                plain.concurrency(),
                                plain.retry(),
                                plain.maxAge(),
                                plain.filter(),
                                plain.start(),
                                plain.create(),
                                plain.ackWait(),
                                destinations),
                        node.trigger.courier(),
                        node.node.session,
                        node.node.ledger,
                        node.node,
                        node.node,
                        new Random(1),
                        InstantSource.system());
        triggers.add(trigger);
        trigger.start();
        Eventually.holds(() -> trigger.state().phase() == NatsTrigger.Phase.RUNNING);
        var _ = node.node.connection.jetStream().publish("s.x", bytes("it"));
    }

    private static Destinations onSuccess(Destination to) {
        return new Destinations(Optional.of(to), Optional.empty());
    }

    private static Destinations onFailure(Destination to) {
        return new Destinations(Optional.empty(), Optional.of(to));
    }

    @Test
    void theOutcomeOfAnEventIsPublished() throws Exception {
        AsyncNode node = node(_ -> answer());
        makeOut(node);

        trigger(node, onSuccess(OUT));

        Eventually.holds(() -> published(node).size() == 1);
        MessageInfo message = published(node).getFirst();
        assertThat(header(message, "ce-type")).isEqualTo("dev.treadle.event.succeeded");
        assertThat(header(message, "ce-source")).isEqualTo("/f");
        assertThat(header(message, "ce-treadlehops")).isEqualTo("1");
        JsonNode data = JsonMapper.shared().readTree(message.getData());
        assertThat(data.path("status").asString()).isEqualTo("succeeded");
        assertThat(data.path("attempts").asInt()).isEqualTo(1);
        assertThat(data.path("result").path("body").asString()).isEqualTo("done");
        assertThat(data.path("event").path("subject").asString()).isEqualTo("s.x");
        assertThat(data.path("event").path("data").asString()).isEqualTo("it");
    }

    @Test
    void anEventThatIsGivenUpIsADeadLetterAndTold() throws Exception {
        AsyncNode node = node(_ -> TestNode.failed());
        makeOut(node);

        trigger(node, new Destinations(Optional.of(ALARM), Optional.of(OUT)));

        Eventually.holds(() -> letters(node).size() == 1);
        assertThat(published(node)).hasSize(1);
        JsonNode data = JsonMapper.shared().readTree(published(node).getFirst().getData());
        assertThat(data.path("status").asString()).isEqualTo("failed");
        assertThat(data.path("attempts").asInt()).isEqualTo(3);
        assertThat(data.path("error").path("reason").asString()).isEqualTo("exhausted");
        assertThat(data.path("error").path("code").asString()).isEqualTo("TR-2001");
    }

    @Test
    void anotherFunctionIsCalledWithTheOutcome() throws Exception {
        AsyncNode node =
                node(
                        request ->
                                request.target().function().equals("f")
                                        ? TestNode.failed(true, Duration.ZERO)
                                        : answer());

        trigger(node, onFailure(ALARM));

        Eventually.holds(() -> calls(node, "alarm").size() == 1);
        InvocationRequest alarm = calls(node, "alarm").getFirst();
        assertThat(alarm.lineage().hops()).isEqualTo(1);
        JsonNode event = JsonMapper.shared().readTree(AsyncNode.body(alarm));
        assertThat(event.path("specversion").asString()).isEqualTo("1.0");
        assertThat(event.path("type").asString()).isEqualTo("dev.treadle.event.failed");
        assertThat(event.path("data").path("event").path("data").asString()).isEqualTo("it");
        Eventually.holds(() -> node.state(alarm.id()) == State.SUCCEEDED);
    }

    @Test
    void theOutcomeOfACallGoesToItsDestination() throws Exception {
        AsyncNode node = node(_ -> answer());
        node.destinations = onSuccess(ALARM);

        String id = node.store("it");

        Eventually.holds(() -> calls(node, "alarm").size() == 1);
        JsonNode event =
                JsonMapper.shared().readTree(AsyncNode.body(calls(node, "alarm").getFirst()));
        assertThat(event.path("id").asString()).isEqualTo(id);
        assertThat(event.path("type").asString()).isEqualTo("dev.treadle.call.succeeded");
    }

    @Test
    void aWebhookOfTheManifestMayGoToAnyHost() throws Exception {
        AsyncNode node = node(_ -> answer());

        trigger(node, onSuccess(new Destination.ToWebhook(URI.create("http://10.1.2.3/x"))));

        Eventually.holds(() -> posts.size() == 1);
        assertThat(posts.getFirst()).startsWith("http://10.1.2.3/x ");
    }

    @Test
    void anOutcomeThatNoStreamTakesIsADeadLetter() throws Exception {
        AsyncNode node = node(_ -> answer());

        trigger(node, onSuccess(OUT));

        Eventually.holds(() -> letters(node).size() == 1);
        assertThat(letters(node).getFirst().letter().message())
                .startsWith(
                        "it was handled, but its outcome cannot be delivered: no stream takes the"
                                + " subject 'out.f'");
        assertThat(node.node.requests).hasSize(1);
    }

    @Test
    void theSameOutcomeIsStoredOnce() throws Exception {
        AsyncNode node = node(_ -> answer());
        makeOut(node);
        Event event = OutcomeEvents.event("t", "1", "f", AsyncNode.NOW, Map.of());
        Told told = new Told("key", "f", event, 0, Optional.empty());

        for (int i = 0; i < 2; i++) {
            node.trigger.courier().deliver(OUT, told);
            node.trigger.courier().deliver(ALARM, told);
        }

        assertThat(published(node)).hasSize(1);
        Eventually.holds(() -> node.state(CallIds.of("key:alarm")) == State.SUCCEEDED);
        assertThat(calls(node, "alarm")).hasSize(1);
    }

    @Test
    void aCircleOfFunctionsEnds() throws Exception {
        AsyncNode node = node(_ -> answer());
        node.destinations = onSuccess(new Destination.ToFunction("f"));

        node.store("it");

        Eventually.holds(() -> calls(node, "f").size() == Lineage.HOPS_MAX + 1);
        InvocationRequest last = calls(node, "f").getLast();
        Eventually.holds(() -> node.state(last.id()) == State.SUCCEEDED);
        Eventually.holds(() -> queued(node) == 0);
        assertThat(calls(node, "f")).hasSize(Lineage.HOPS_MAX + 1);
    }

    @Test
    void aTicksOutcomeIsToldToo() throws Exception {
        AsyncNode node = node(_ -> answer());
        makeOut(node);
        InvocationRequest tick =
                new InvocationRequest(
                        "i",
                        Target.live("f"),
                        "schedule",
                        Lineage.first("tick-1", Optional.empty()),
                        new NatsInput(
                                NatsMessage.builder().subject("s.x").build(),
                                NatsEvents.Arrival.of("S", 1, AsyncNode.NOW)));

        node.trigger.courier().tell(onFailure(OUT), tick, TestNode.failed());
        node.trigger.courier().tell(onFailure(OUT), tick, answer());

        assertThat(published(node)).hasSize(1);
        assertThat(header(published(node).getFirst(), "ce-type"))
                .isEqualTo("dev.treadle.tick.failed");
    }

    private static List<InvocationRequest> calls(AsyncNode node, String function) {
        return node.node.requests.stream()
                .filter(request -> request.target().function().equals(function))
                .toList();
    }

    private static void makeOut(AsyncNode node) throws Exception {
        var _ =
                node.node
                        .connection
                        .jetStreamManagement()
                        .addStream(
                                StreamConfiguration.builder()
                                        .name("OUT")
                                        .subjects("out.>")
                                        .build());
    }

    private static List<MessageInfo> published(AsyncNode node) {
        List<MessageInfo> messages = new ArrayList<>();
        try {
            var management = node.node.connection.jetStreamManagement();
            long last = management.getStreamInfo("OUT").getStreamState().getLastSequence();
            for (long i = 1; i <= last; i++) {
                messages.add(management.getMessage("OUT", i));
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return messages;
    }

    private static String header(MessageInfo message, String name) {
        return String.valueOf(Objects.requireNonNull(message.getHeaders()).getFirst(name));
    }

    private static long queued(AsyncNode node) {
        try {
            return node.node
                    .connection
                    .jetStreamManagement()
                    .getStreamInfo(CallStream.STREAM)
                    .getStreamState()
                    .getMsgCount();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<DeadLetter.Stored> letters(AsyncNode node) {
        List<DeadLetter.Stored> letters = new ArrayList<>();
        node.node.ledger.deadLetters().scan("f", letters::add);
        return letters;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
