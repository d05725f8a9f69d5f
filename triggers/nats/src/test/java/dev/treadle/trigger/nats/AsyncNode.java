package dev.treadle.trigger.nats;

import dev.treadle.BadRequest;
import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.AsyncCalls;
import dev.treadle.trigger.Input;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.RequestHead;
import dev.treadle.trigger.StoredRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A node's end of asynchronous calls. Its functions are {@code f} and {@code alarm}, until taken
 * away.
 */
final class AsyncNode implements AsyncRules, AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-05T10:00:00Z");

    final TestNode node;
    final Webhooks webhooks;
    final AsyncTrigger trigger;
    final AsyncCalls calls;
    final Set<String> functions = new CopyOnWriteArraySet<>(Set.of("f", "alarm"));
    volatile Destinations destinations = Destinations.NONE;
    final AtomicReference<Instant> now = new AtomicReference<>(NOW);

    AsyncNode(RealServer server, Function<InvocationRequest, Outcome> function) throws Exception {
        this(server, (_, _, _) -> 204, function);
    }

    AsyncNode(
            RealServer server, WebhookSender sender, Function<InvocationRequest, Outcome> function)
            throws Exception {
        this.node = new TestNode(server, function);
        AsyncTrigger.Pace pace = new AsyncTrigger.Pace(Duration.ofMillis(100), TestNode.ACK_WAIT);
        this.webhooks =
                new Webhooks(
                        node.session,
                        node.ledger,
                        new Webhooks.Posting(
                                sender,
                                new CallbackHosts(List.of("hooks.example")),
                                () -> Optional.of("secret"),
                                new RetryRule(
                                        3, List.of(Duration.ofMillis(20)), RetryRule.Jitter.NONE)),
                        pace,
                        new Random(2),
                        now::get);
        this.trigger =
                new AsyncTrigger(
                        node.session,
                        node.ledger,
                        new Outlets(webhooks, new NatsPublisher(node.session)),
                        new AsyncFunctions(node, node, this, BodyInput::new),
                        pace,
                        new AsyncTrigger.Chance(new Random(), new Random(1)),
                        now::get);
        this.calls = trigger.calls();
        webhooks.start();
        trigger.start();
    }

    /** Stores a request for {@code f}; its id. */
    String store(String body) {
        return store(body, Optional.empty());
    }

    /** The same with a callback. */
    String store(String body, Optional<String> callback) {
        String id = calls.newId();
        calls.store(
                new StoredRequest(
                        id,
                        Target.live("f"),
                        "http",
                        RequestHead.of("POST", "/f", "", Map.of()),
                        callback,
                        Optional.empty(),
                        0,
                        NOW,
                        body.getBytes(StandardCharsets.UTF_8)));
        return id;
    }

    AsyncCall call(String id) {
        return calls.find(id).orElseThrow();
    }

    AsyncCall.State state(String id) {
        return call(id).state();
    }

    List<String> bodies() {
        return node.requests.stream().map(AsyncNode::body).toList();
    }

    static String body(InvocationRequest request) {
        return new String(request.input().asBytes(1 << 20), StandardCharsets.UTF_8);
    }

    /** A request's payload as bytes. */
    record BodyInput(StoredRequest request) implements Input {
        @Override
        public Request asRequest(Json json, long payloadBytesMax) {
            throw new BadRequest("only bytes here");
        }

        @Override
        public Event asEvent(Json json, long payloadBytesMax) {
            throw new BadRequest("only bytes here");
        }

        @Override
        public byte[] asBytes(long payloadBytesMax) {
            return request.body();
        }
    }

    @Override
    public AsyncRule rule(String function, String trigger) {
        return new AsyncRule(
                new RetryRule(3, List.of(Duration.ofMillis(20)), RetryRule.Jitter.NONE),
                Duration.ofHours(1),
                function.equals("f") ? destinations : Destinations.NONE);
    }

    @Override
    public OptionalInt concurrency(String function) {
        return functions.contains(function) ? OptionalInt.of(2) : OptionalInt.empty();
    }

    @Override
    public OptionalLong payloadBytesMax(Target target) {
        return functions.contains(target.function())
                ? OptionalLong.of(1 << 20)
                : OptionalLong.empty();
    }

    /** As if the node were killed: nothing is answered any more. */
    void kill() throws InterruptedException {
        node.kill();
        trigger.close();
        webhooks.close();
    }

    @Override
    public void close() throws InterruptedException {
        trigger.close();
        webhooks.close();
        node.close();
    }
}
