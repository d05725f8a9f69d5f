package dev.treadle.trigger.nats;

import dev.treadle.Response;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.Releases;
import dev.treadle.trigger.nats.server.NatsLink;
import io.nats.client.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A node's end of a trigger: one connection, and a function that is a lambda. */
final class TestNode implements Dispatcher, Releases, AutoCloseable {
    /** A pause of the machine must not be taken for a node that has died. */
    static final Duration ACK_WAIT = Duration.ofMillis(1500);

    final Connection connection;
    final NatsSession session;
    final Ledger ledger;
    final List<InvocationRequest> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger insideMost = new AtomicInteger();
    volatile int liveRelease = 1;
    private final Function<InvocationRequest, Outcome> function;
    private final List<NatsTrigger> triggers = new ArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();

    TestNode(RealServer server, Function<InvocationRequest, Outcome> function) throws Exception {
        this(server.connect(), function);
    }

    /** A node whose connection is a link's; there must be one. */
    TestNode(NatsLink link, Function<InvocationRequest, Outcome> function) {
        this(link.connection().orElseThrow(), function);
    }

    TestNode(Connection connection, Function<InvocationRequest, Outcome> function) {
        this.connection = connection;
        this.function = function;
        this.session = new NatsSession(() -> Optional.of(connection), () -> "no connection");
        this.ledger = new Ledger(session);
    }

    /** A trigger on the stream S and its subjects s.&gt;, made when it is not there. */
    static NatsTriggerConfig config(String function) {
        return new NatsTriggerConfig(
                Target.live(function),
                "nats",
                "S",
                "s.>",
                new EventOrder.None(),
                Optional.empty(),
                8,
                new RetryRule(3, List.of(Duration.ofMillis(20)), RetryRule.Jitter.NONE),
                Optional.empty(),
                Optional.empty(),
                new StartPosition.All(),
                List.of("s.>"),
                ACK_WAIT);
    }

    NatsTrigger start(NatsTriggerConfig config) {
        NatsTrigger trigger = made(config);
        trigger.start();
        return trigger;
    }

    /** A trigger that is not started yet. */
    NatsTrigger made(NatsTriggerConfig config) {
        NatsTrigger trigger =
                new NatsTrigger(
                        config, session, ledger, this, this, new Random(1), InstantSource.system());
        triggers.add(trigger);
        return trigger;
    }

    @Override
    public Outcome dispatch(InvocationRequest request) {
        requests.add(request);
        int now = inside.incrementAndGet();
        insideMost.accumulateAndGet(now, Math::max);
        try {
            return function.apply(request);
        } catch (dev.treadle.HttpError e) {
            return new Outcome.Failed(
                    ErrorCode.BAD_REQUEST,
                    e.status(),
                    String.valueOf(e.getMessage()),
                    true,
                    Duration.ZERO);
        } finally {
            inside.decrementAndGet();
        }
    }

    @Override
    public String newInvocationId() {
        return "i" + ids.incrementAndGet();
    }

    @Override
    public OptionalInt choose(Target target, long chance) {
        return OptionalInt.of(liveRelease);
    }

    static Outcome done() {
        return new Outcome.Succeeded(Response.status(204));
    }

    static Outcome failed() {
        return failed(false, Duration.ZERO);
    }

    static Outcome failed(boolean permanent, Duration pause) {
        return new Outcome.Failed(
                ErrorCode.FUNCTION_ERROR,
                500,
                "The function failed",
                permanent,
                pause,
                Optional.of(new Outcome.Cause("java.lang.IllegalStateException", "broken")));
    }

    static Outcome refused() {
        return new Outcome.Refused(ErrorCode.FUNCTION_BUSY, "busy", Duration.ofMillis(20));
    }

    /** The event's text. */
    static String text(InvocationRequest request) {
        return request.input().asEvent(NoJson.INSTANCE, 1 << 20).text();
    }

    List<String> texts() {
        return requests.stream().map(TestNode::text).toList();
    }

    /** As if the node were killed: nothing is answered any more. */
    void kill() throws InterruptedException {
        connection.close();
        triggers.forEach(NatsTrigger::close);
    }

    @Override
    public void close() throws InterruptedException {
        triggers.forEach(NatsTrigger::close);
        connection.close();
    }
}
