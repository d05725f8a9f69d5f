package dev.treadle.trigger.nats;

import dev.treadle.testkit.VirtualTime;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Events, nodes, a server and what goes wrong with them, in virtual time. All that happens follows
 * from the seed.
 */
final class Simulation implements AutoCloseable {
    static final Outcome FAILED = failed(ErrorCode.FUNCTION_ERROR, false, Duration.ZERO);

    private static final Duration TIME_MOST = Duration.ofDays(2);
    private static final Duration IDLE = Duration.ofSeconds(90);
    private static final int STEPS_MOST = 3_000_000;

    private final SplittableRandom random;
    private final Flaw flaw;
    private final VirtualTime time = new VirtualTime();
    private final NatsTriggerConfig promised;
    private final Witness witness;
    private final SimulatedConsumer consumer;
    private final SimulatedBooks books;
    private final SimulatedLease lease = new SimulatedLease();
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final int events;
    private final int keys;
    private final Duration troubled;
    private int published;
    private int births;

    /** What a run of a function will be. */
    record Plan(Duration time, Outcome outcome) {}

    Simulation(long seed, Flaw flaw) {
        this.random = new SplittableRandom(seed);
        this.flaw = flaw;
        this.promised = config();
        this.witness = new Witness(time, promised);
        this.consumer = new SimulatedConsumer(time, witness, promised);
        this.books = new SimulatedBooks(time, witness, flaw);
        this.events = 10 + random.nextInt(30);
        this.keys = 1 + random.nextInt(5);
        this.troubled = Duration.ofSeconds(10 + random.nextInt(110));
    }

    private NatsTriggerConfig config() {
        EventOrder order =
                switch (random.nextInt(5)) {
                    case 0, 1 -> new EventOrder.Key(new EventKey.Token(2));
                    case 2 -> new EventOrder.Strict();
                    default -> new EventOrder.None();
                };
        RetryRule.Jitter jitter = RetryRule.Jitter.values()[random.nextInt(3)];
        List<Duration> backoff = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            backoff.add(millis(1, 20_000));
        }
        return new NatsTriggerConfig(
                Target.live("f"),
                "nats",
                "S",
                "s.>",
                order,
                Optional.empty(),
                1 + random.nextInt(8),
                new RetryRule(1 + random.nextInt(5), backoff, jitter),
                random.nextInt(4) == 0 ? Optional.of(millis(10_000, 90_000)) : Optional.empty(),
                Optional.empty(),
                new StartPosition.All(),
                List.of(),
                Duration.ofSeconds(List.of(1, 5, 10, 30).get(random.nextInt(4))));
    }

    private Duration millis(int least, int most) {
        return Duration.ofMillis(least + random.nextInt(most - least));
    }

    RandomGenerator random() {
        return random;
    }

    VirtualTime time() {
        return time;
    }

    Flaw flaw() {
        return flaw;
    }

    Witness witness() {
        return witness;
    }

    SimulatedConsumer consumer() {
        return consumer;
    }

    SimulatedBooks books() {
        return books;
    }

    SimulatedLease lease() {
        return lease;
    }

    NatsTriggerConfig promised() {
        return promised;
    }

    NatsTriggerConfig configOfNodes() {
        return switch (flaw) {
            case IGNORES_KEYS -> with(new EventOrder.None(), promised.retry());
            case NEVER_GIVES_UP ->
                    with(
                            promised.order(),
                            new RetryRule(
                                    promised.retry().attempts() + 3,
                                    promised.retry().backoff(),
                                    promised.retry().jitter()));
            default -> promised;
        };
    }

    private NatsTriggerConfig with(EventOrder order, RetryRule retry) {
        return new NatsTriggerConfig(
                promised.target(),
                promised.name(),
                promised.stream(),
                promised.subject(),
                order,
                promised.batch(),
                promised.concurrency(),
                retry,
                promised.maxAge(),
                promised.filter(),
                promised.start(),
                promised.create(),
                promised.ackWait());
    }

    InstantSource clockOfNodes() {
        return flaw == Flaw.SLOW_CLOCK ? () -> time.instant().minus(Duration.ofHours(1)) : time;
    }

    // -- what happens

    /** Runs to the end, and fails where a promise is broken. */
    void run() {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            birth("n" + i);
        }
        publishNext();
        time.after(millis(100, 10_000), this::nextFault);
        long steps = 0;
        while (!isOver()) {
            step(steps++);
        }
        witness.checkAllDone();
        long rest = time.nanos() + IDLE.toNanos();
        while (time.nanos() < rest) {
            step(steps++);
        }
        nodes.forEach(SimulatedNode::checkIdle);
    }

    private void step(long number) {
        if (!time.step() || number > STEPS_MOST || time.nanos() > TIME_MOST.toNanos()) {
            witness.checkAllDone();
            throw new AssertionError("it does not come to an end");
        }
        nodes.forEach(SimulatedNode::checkPermits);
    }

    private boolean isOver() {
        return published == events && !isTroubled() && consumer.isDone();
    }

    private boolean isTroubled() {
        return time.nanos() < troubled.toNanos();
    }

    private void publishNext() {
        if (published < events) {
            if (consumer.isUp()) {
                published++;
                consumer.publish("k" + random.nextInt(keys));
            }
            time.after(millis(0, 4_000), this::publishNext);
        }
    }

    private void birth(String name) {
        SimulatedNode node = new SimulatedNode(this, name + "." + ++births);
        nodes.removeIf(each -> !each.isAlive());
        nodes.add(node);
        node.start();
    }

    private void nextFault() {
        if (!isTroubled()) {
            return;
        }
        SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
        String name = node.name().substring(0, node.name().indexOf('.'));
        Duration until = millis(50, 3 * (int) promised.ackWait().toMillis());
        switch (random.nextInt(6)) {
            case 0, 1 -> cut(node, until);
            case 2 -> {
                if (node.isAlive()) {
                    node.die();
                    time.after(until, () -> birth(name));
                }
            }
            case 3 -> {
                if (node.isAlive() && !node.isStopping()) {
                    node.drain();
                    time.after(until, () -> birth(name));
                }
            }
            case 4 -> killServer(until);
            default -> {
                SimulatedBooks.Trouble[] kinds = SimulatedBooks.Trouble.values();
                books.become(kinds[1 + random.nextInt(2)]);
                time.after(until, () -> books.become(SimulatedBooks.Trouble.NONE));
            }
        }
        time.after(millis(100, 30_000), this::nextFault);
    }

    private void cut(SimulatedNode node, Duration until) {
        if (node.isAlive()) {
            node.cut();
            time.after(until, () -> comeBack(node));
        }
    }

    private void comeBack(SimulatedNode node) {
        if (consumer.isUp()) {
            node.reconnect();
        }
    }

    private void killServer(Duration until) {
        if (consumer.isUp()) {
            consumer.kill();
            nodes.stream().filter(SimulatedNode::isAlive).forEach(SimulatedNode::cut);
            time.after(
                    until,
                    () -> {
                        consumer.start();
                        for (SimulatedNode node : nodes) {
                            time.after(millis(10, 1_000), () -> comeBack(node));
                        }
                    });
        }
    }

    // -- what functions do

    Plan plan(long sequence) {
        int character = (int) ((sequence * 0x9E3779B97F4A7C15L) >>> 60);
        int chance = random.nextInt(100);
        if (isTroubled() && chance < 12) {
            return new Plan(Duration.ZERO, chance < 9 ? refused() : absent());
        }
        Duration length = chance < 70 ? millis(1, 200) : millis(1, 3 * ackWaitMillis());
        return switch (character) {
            case 0, 1 -> new Plan(length, FAILED);
            case 2 -> new Plan(length, failed(ErrorCode.REJECTED, true, Duration.ZERO));
            case 3 -> new Plan(Duration.ZERO, failed(ErrorCode.BAD_REQUEST, true, Duration.ZERO));
            case 4 -> new Plan(millis(ackWaitMillis(), 2 * ackWaitMillis()), expired());
            case 5 -> new Plan(length, chance < 60 ? retryAfter() : TestNode.done());
            default -> new Plan(length, chance % 5 == 0 ? FAILED : TestNode.done());
        };
    }

    private int ackWaitMillis() {
        return (int) promised.ackWait().toMillis();
    }

    private static Outcome failed(ErrorCode code, boolean permanent, Duration pause) {
        return new Outcome.Failed(code, code.status(), code.title(), permanent, pause);
    }

    private Outcome retryAfter() {
        return failed(ErrorCode.RETRY_LATER, false, millis(1, 60_000));
    }

    private static Outcome absent() {
        return failed(ErrorCode.NO_FUNCTION, false, Duration.ZERO);
    }

    private static Outcome expired() {
        return new Outcome.Expired(Duration.ofSeconds(1));
    }

    private Outcome refused() {
        return new Outcome.Refused(ErrorCode.FUNCTION_BUSY, "busy", millis(1, 2_000));
    }

    @Override
    public String toString() {
        return "%s, %d attempts, %d at once, AckWait %s, %d events, %d runs, %d dead letters, %d untouched, %s"
                .formatted(
                        promised.order().getClass().getSimpleName(),
                        promised.retry().attempts(),
                        promised.concurrency(),
                        promised.ackWait(),
                        published,
                        witness.runs(),
                        witness.letters(),
                        witness.untouched(),
                        Duration.ofNanos(time.nanos()));
    }

    @Override
    public void close() {
        time.close();
    }
}
