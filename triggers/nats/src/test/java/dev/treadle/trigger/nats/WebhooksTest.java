package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.treadle.Response;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.AsyncCall.State;
import dev.treadle.trigger.AsyncCalls;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhooksTest {
    private static final Optional<String> CALLBACK = Optional.of("https://hooks.example/done?k=1");

    @TempDir Path folder;
    private RealServer server;
    private final List<AsyncNode> nodes = new ArrayList<>();
    private final List<Post> posts = new CopyOnWriteArrayList<>();

    /** The answers to come, the last one for all that follow. */
    private final List<Integer> answers = new CopyOnWriteArrayList<>(List.of(200));

    private record Post(URI url, Map<String, String> headers, byte[] body) {
        JsonNode event() {
            return JsonMapper.shared().readTree(body);
        }
    }

    @BeforeEach
    void startServer() throws Exception {
        server = RealServer.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
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

    private int post(URI url, Map<String, String> headers, byte[] body) throws IOException {
        posts.add(new Post(url, headers, body));
        int status = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        if (status == 0) {
            throw new IOException("connection refused");
        }
        return status;
    }

    @Test
    void theEndOfACallIsPostedAndSigned() throws Exception {
        AsyncNode node = node(_ -> new Outcome.Succeeded(Response.text("made").withStatus(201)));

        String id = node.store("it", CALLBACK);

        Eventually.holds(() -> posts.size() == 1);
        Post post = posts.getFirst();
        assertThat(post.url().toString()).isEqualTo(CALLBACK.get());
        assertThat(post.headers())
                .containsEntry("webhook-id", id)
                .containsEntry("webhook-timestamp", "" + AsyncNode.NOW.getEpochSecond())
                .containsEntry("content-type", "application/cloudevents+json")
                .containsEntry(
                        "webhook-signature",
                        WebhookSignature.of(
                                "secret", id, AsyncNode.NOW.getEpochSecond(), post.body()));
        JsonNode event = post.event();
        assertThat(event.path("id").asString()).isEqualTo(id);
        assertThat(event.path("type").asString()).isEqualTo("dev.treadle.call.succeeded");
        assertThat(event.path("source").asString()).isEqualTo("/f");
        assertThat(event.path("data").path("status").asString()).isEqualTo("succeeded");
        assertThat(event.path("data").path("attempts").asInt()).isEqualTo(1);
        assertThat(event.path("data").path("release").asInt()).isEqualTo(1);
        assertThat(event.path("data").path("result").path("status").asInt()).isEqualTo(201);
        assertThat(event.path("data").path("result").path("body").asString()).isEqualTo("made");
    }

    @Test
    void bytesThatAreNoTextArePostedInBase64() throws Exception {
        AsyncNode node = node(_ -> new Outcome.Succeeded(Response.ok(new byte[] {-1, 0})));

        node.store("it", CALLBACK);

        Eventually.holds(() -> posts.size() == 1);
        JsonNode result = posts.getFirst().event().path("data").path("result");
        assertThat(result.path("bodyBase64").asString()).isEqualTo("/wA=");
        assertThat(result.has("body")).isFalse();
    }

    @Test
    void aFailureIsPostedWithItsError() throws Exception {
        AsyncNode node = node(_ -> TestNode.failed(true, Duration.ZERO));

        node.store("it", CALLBACK);

        Eventually.holds(() -> posts.size() == 1);
        JsonNode event = posts.getFirst().event();
        assertThat(event.path("type").asString()).isEqualTo("dev.treadle.call.failed");
        assertThat(event.path("data").path("error").path("code").asString()).isEqualTo("TR-2001");
    }

    @Test
    void whoDoesNotTakeItIsAskedAgainWithTheSameId() throws Exception {
        answers.clear();
        answers.addAll(List.of(0, 503, 204));
        AsyncNode node = node(_ -> TestNode.done());

        String id = node.store("it", CALLBACK);

        Eventually.holds(() -> posts.size() == 3);
        assertThat(posts)
                .allSatisfy(post -> assertThat(post.headers()).containsEntry("webhook-id", id));
        Eventually.holds(() -> pending(node) == 0);
        assertThat(posts).hasSize(3);
    }

    @Test
    void itIsGivenUpAfterItsAttempts() throws Exception {
        answers.set(0, 500);
        AsyncNode node = node(_ -> TestNode.done());

        node.store("it", CALLBACK);

        Eventually.holds(() -> posts.size() == 3 && pending(node) == 0);
        Eventually.holds(() -> node.webhooks.givenUp().equals(Map.of("f", 1L)));
    }

    @Test
    void whoIsGoneIsNotAskedAgain() throws Exception {
        answers.set(0, 410);
        AsyncNode node = node(_ -> TestNode.done());

        node.store("it", CALLBACK);

        Eventually.holds(() -> posts.size() == 1 && pending(node) == 0);
        Eventually.holds(() -> node.webhooks.givenUp().equals(Map.of("f", 1L)));
    }

    @Test
    void itIsPostedByAnotherNodeWhenThisOneIsGone() throws Exception {
        CountDownLatch posting = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AsyncNode first =
                new AsyncNode(
                        server,
                        (_, _, _) -> {
                            posting.countDown();
                            end.await();
                            throw new IOException("killed");
                        },
                        _ -> TestNode.done());
        nodes.add(first);
        String id = first.store("it", CALLBACK);
        posting.await();
        first.kill();

        node(_ -> TestNode.done());

        Eventually.holds(() -> !posts.isEmpty());
        assertThat(posts.getFirst().headers()).containsEntry("webhook-id", id);
        end.countDown();
    }

    @Test
    void aCancelledCallPostsNothing() throws Exception {
        AsyncNode node =
                node(
                        _ ->
                                new Outcome.Refused(
                                        ErrorCode.FUNCTION_BUSY, "busy", Duration.ofHours(1)));
        String id = node.store("it", CALLBACK);
        Eventually.holds(() -> !node.node.requests.isEmpty());

        assertThat(node.calls.cancel(id).orElseThrow().state()).isEqualTo(State.CANCELLED);

        assertThat(WebhookStream.exists(node.node.connection)).isFalse();
    }

    @Test
    void aHostThatIsNeitherPublicNorListedIsTurnedDown() throws Exception {
        AsyncNode node = node(_ -> TestNode.done());

        assertThatExceptionOfType(AsyncCalls.Rejected.class)
                .isThrownBy(
                        () ->
                                node.calls.admit(
                                        Target.live("f"), Optional.of("http://127.0.0.1:1/")))
                .withMessage(
                        "the end cannot be posted to what Treadle-Callback names: 127.0.0.1 is no"
                                + " public address; the node's setting webhooks.hosts can allow the"
                                + " host")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    /** How many webhooks are still to be posted; -1 before there is the first. */
    private static long pending(AsyncNode node) {
        try {
            return node.node
                    .connection
                    .jetStreamManagement()
                    .getStreamInfo(WebhookStream.STREAM)
                    .getStreamState()
                    .getMsgCount();
        } catch (Exception e) {
            return -1;
        }
    }
}
