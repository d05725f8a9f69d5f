package dev.treadle.trigger.nats;

import dev.treadle.testkit.VirtualTime;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.Releases;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node in a simulated world: the real intake, runner, rule and run of events; connection, lease
 * and functions are the world's. What looks after the subscription follows {@link Caretaker} step
 * by step.
 */
final class SimulatedNode implements Dispatcher, Releases, Threads {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration NO_ANSWER = Duration.ofSeconds(2);

    private final Simulation world;
    private final String name;
    private final Intake intake;
    private final SimulatedLeadership leadership;
    private final ArrayDeque<Consumer<Intake>> inbox = new ArrayDeque<>();
    private final List<Runnable> unsent = new ArrayList<>();
    private SimulatedLine line;
    private @Nullable SimulatedSubscription subscription;
    private long lookedAfterSince;
    private boolean alive = true;
    private boolean stopping;
    private boolean hearing;
    private boolean cared;
    private boolean settled;
    private boolean givenBack;
    private int running;

    SimulatedNode(Simulation world, String name) {
        this.world = world;
        this.name = name;
        this.line = new SimulatedLine(time(), world.random());
        this.lookedAfterSince = time().nanos();
        NatsTriggerConfig config = world.configOfNodes();
        this.leadership = new SimulatedLeadership(this, world.lease(), config.ackWait());
        EventCounts counts = new EventCounts();
        EventRun run =
                new EventRun(
                        config,
                        this,
                        this,
                        Handling.EVENTS,
                        world.books().of(this),
                        new DispositionRule(config.retry(), world.random()),
                        counts,
                        world.clockOfNodes());
        this.intake = new Intake(config, run, counts, this, () -> {});
    }

    void start() {
        start("care", this::care);
        if (world.flaw() != Flaw.NEVER_PULSES) {
            start("pulse", this::pulse);
        }
        if (config().isLed()) {
            start("lease", leadership::renew);
        }
    }

    VirtualTime time() {
        return world.time();
    }

    private NatsTriggerConfig config() {
        return world.configOfNodes();
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return alive;
    }

    boolean isStopping() {
        return stopping;
    }

    @Override
    public void start(String thread, Runnable work) {
        time().start(this::isAlive, work);
    }

    @Override
    public void pause(Duration pause) {
        time().pause(pause);
    }

    private boolean isConnected() {
        return !line.isBroken() && world.consumer().isUp();
    }

    void cut() {
        line.cut();
        world.witness().cut(name);
    }

    /** What was to be sent meanwhile is sent, as jnats does it. */
    void reconnect() {
        if (alive && line.isBroken()) {
            line = new SimulatedLine(time(), world.random());
            lookedAfterSince = time().nanos();
            List<Runnable> all = List.copyOf(unsent);
            unsent.clear();
            all.forEach(line::toServer);
        }
    }

    void send(Runnable effect) {
        checkAlive();
        if (line.isBroken()) {
            unsent.add(effect);
        } else {
            line.toServer(effect);
        }
    }

    private void checkAlive() {
        if (!alive) {
            throw new VirtualTime.Gone();
        }
    }

    /** Whether it could have told the server for so long that it works on something. */
    boolean wasThereFor(Duration period) {
        return isConnected() && time().nanos() - lookedAfterSince > period.toNanos();
    }

    /** What a store answers. */
    interface Effect<T> {
        T at() throws IOException;
    }

    /** Asks something of the server and waits for the answer. */
    <T> T ask(Effect<T> effect) throws IOException {
        checkAlive();
        pause(line.latency());
        if (!isConnected()) {
            pause(NO_ANSWER);
            throw new IOException("no answer");
        }
        try {
            T answer = effect.at();
            pause(line.latency());
            if (isConnected()) {
                return answer;
            }
        } catch (IOException e) {
            pause(NO_ANSWER);
            throw e;
        }
        pause(NO_ANSWER);
        throw new IOException("no answer");
    }

    SimulatedDelivery delivery(long sequence, int deliveries) {
        SimulatedDelivery made =
                new SimulatedDelivery(this, world.consumer(), sequence, deliveries);
        world.witness().delivered(made, name);
        return made;
    }

    /** One after the other, as a dispatcher of jnats does it. */
    void hear(Consumer<Intake> news) {
        inbox.add(news);
        if (!hearing) {
            hearing = true;
            start("hear", this::hearAll);
        }
    }

    private void hearAll() {
        while (!inbox.isEmpty()) {
            inbox.remove().accept(intake);
        }
        hearing = false;
    }

    Flaw flaw() {
        return world.flaw();
    }

    private void pulse() {
        Duration interval = config().ackWait().dividedBy(3);
        while (true) {
            pause(interval.dividedBy(2));
            intake.pulseAll(interval);
        }
    }

    private void care() {
        while (!stopping) {
            if (!holds()) {
                intake.runner().hold();
            }
            try {
                if (!isConnected()) {
                    pause(LOOK);
                } else if (!config().isLed() || leads()) {
                    watch(settle());
                }
            } catch (IOException e) {
                pause(LOOK);
            }
        }
        cared = true;
    }

    private boolean settle() throws IOException {
        if (!config().isLed() || settled || isAllHere()) {
            return true;
        }
        if (!givenBack) {
            pause(config().ackWait().plus(LOOK));
        }
        givenBack = false;
        return false;
    }

    private boolean isAllHere() throws IOException {
        return ask(() -> world.consumer().pending()) <= intake.inFlight();
    }

    private void watch(boolean inOrder) throws IOException {
        SimulatedLine on = line;
        SimulatedSubscription made =
                new SimulatedSubscription(this, on, world.consumer(), pullExpires());
        settled = false;
        subscription = made;
        boolean well = false;
        try {
            if (!inOrder) {
                intake.runner().hold();
            }
            intake.open(made);
            if (!inOrder) {
                gather(on);
            }
            while (!stopping && isWell(on)) {
                pause(LOOK);
            }
            well = isWell(on);
        } finally {
            settled = intake.shut(well);
        }
    }

    private void gather(SimulatedLine on) throws IOException {
        while (!stopping && isWell(on) && intake.inFlight() < config().permits() && !isAllHere()) {
            pause(LOOK);
        }
        if (!stopping && isWell(on)) {
            intake.runner().go();
        }
    }

    private boolean isWell(SimulatedLine on) {
        return intake.trouble().isEmpty() && !on.isBroken() && on == line && holds();
    }

    private Duration pullExpires() {
        Duration half = config().ackWait().dividedBy(2);
        Duration most = Duration.ofSeconds(20);
        return config().isLed() && half.compareTo(most) < 0 ? half : most;
    }

    private boolean holds() {
        return !config().isLed() || leadership.holds();
    }

    private boolean leads() throws IOException {
        switch (leadership.lead()) {
            case KEPT -> intake.runner().go();
            case HANDED_OVER -> takeOver(true);
            case TAKEN -> takeOver(false);
            case ELSEWHERE -> {
                intake.runner().abandon();
                pause(config().ackWait().dividedBy(16));
                return false;
            }
        }
        return true;
    }

    private void takeOver(boolean handedOver) {
        intake.runner().abandon();
        intake.runner().go();
        settled = false;
        givenBack = handedOver;
    }

    /** As {@code kill -9}. */
    void die() {
        alive = false;
        line.cut();
        world.witness().died(name);
    }

    /** As SIGTERM: what runs ends, the rest is given back. */
    void drain() {
        intake.stop();
        stopping = true;
        start(
                "drain",
                () -> {
                    while (!cared || !intake.drain(Duration.ZERO)) {
                        pause(LOOK);
                    }
                    if (settled && config().isLed()) {
                        leadership.giveUp();
                    }
                    while (!unsent.isEmpty()) {
                        pause(LOOK);
                    }
                    pause(LOOK);
                    alive = false;
                    line.cut();
                });
    }

    @Override
    public Outcome dispatch(InvocationRequest request) {
        checkAlive();
        long sequence = Long.parseLong(request.lineage().origin().split(":", -1)[1]);
        Simulation.Plan plan = world.plan(sequence);
        if (plan.outcome() instanceof Outcome.Refused || isAbsent(plan.outcome())) {
            world.witness().refused(sequence, name);
            return flaw() == Flaw.COUNTS_REFUSALS ? Simulation.FAILED : plan.outcome();
        }
        world.witness().begins(sequence, name, request.lineage().attempt());
        running++;
        pause(plan.time());
        running--;
        world.witness().ends(sequence, name, plan.outcome());
        return plan.outcome();
    }

    private static boolean isAbsent(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.code() == ErrorCode.NO_FUNCTION;
    }

    @Override
    public String newInvocationId() {
        return "i";
    }

    @Override
    public OptionalInt choose(Target target, long chance) {
        return OptionalInt.of(1);
    }

    private int wanted() {
        return subscription == null ? 0 : subscription.wanted();
    }

    /** No permit is used twice. */
    void checkPermits() {
        if (!alive) {
            return;
        }
        int inFlight = intake.inFlight();
        int permits = world.promised().permits();
        if (inFlight + wanted() > permits || inFlight < 0) {
            throw new AssertionError(
                    "%s has %d events and wants %d with %d permits at %s"
                            .formatted(name, inFlight, wanted(), permits, time().instant()));
        }
        if (running > world.promised().concurrency()) {
            throw new AssertionError("%s runs %d events at once".formatted(name, running));
        }
    }

    /** No permit is lost: a node without events asks for about as many as it may have. */
    void checkIdle() {
        int permits = world.promised().permits();
        int least = permits - Math.max(1, permits / 2) + 1;
        if (alive && (intake.inFlight() > 0 || (holds() && wanted() < least))) {
            throw new AssertionError(
                    "%s has %d events and wants %d with %d permits when all is done"
                            .formatted(name, intake.inFlight(), wanted(), permits));
        }
    }
}
