package dev.treadle.trigger.nats;

import dev.treadle.trigger.nats.NatsTrigger.Phase;
import dev.treadle.trigger.nats.NatsTrigger.State;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks after a trigger's subscription on a thread of its own: makes sure that stream and consumer
 * are there and that this node may have the events, subscribes, and begins anew whenever something
 * is wrong. Safe for threads.
 */
final class Caretaker {
    private static final System.Logger LOG = System.getLogger(NatsTrigger.class.getName());
    private static final Duration TROUBLE_PAUSE_LEAST = Duration.ofMillis(200);
    private static final Duration TROUBLE_PAUSE_MOST = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration STAND_DOWN_PATIENCE = Duration.ofSeconds(30);
    private static final Duration PULL_EXPIRES_MOST = Duration.ofSeconds(20);

    private static final State AGAIN =
            new State(Phase.WAITING, "events that were on their way are delivered anew");

    private final NatsTriggerConfig config;
    private final NatsSession session;
    private final Ledger ledger;
    private final Intake intake;
    private final Optional<Leadership> leadership;
    private final Thread thread;
    private final Standing standing = new Standing();

    /** Where stream and consumer were last seen to; for the caretaker's thread alone. */
    private NatsSession.@Nullable Line setUpOn;

    /** Whether all that was delivered is here. */
    private volatile boolean settled;

    /** Whether what was delivered and is not here was given back; for the caretaker's thread. */
    private boolean givenBack;

    /**
     * A caretaker.
     *
     * @param leadership where only one node may have the events
     */
    Caretaker(
            NatsTriggerConfig config,
            NatsSession session,
            Ledger ledger,
            Intake intake,
            Optional<Leadership> leadership) {
        this.config = config;
        this.session = session;
        this.ledger = ledger;
        this.intake = intake;
        this.leadership = leadership;
        this.thread =
                Thread.ofVirtual().name(config.durable() + "-caretaker").unstarted(this::care);
    }

    void start() {
        leadership.ifPresent(Leadership::start);
        thread.start();
    }

    private void care() {
        int failures = 0;
        while (!standing.isStopped()) {
            try {
                holdUnlessLeading();
                Optional<Connection> connection = session.connected();
                Optional<String> paused = standing.pausedBecause();
                if (paused.isPresent()) {
                    standing.become(new State(Phase.PAUSED, paused.get()));
                    standDown();
                    connection.ifPresent(this::prepare);
                    standing.rest(new State(Phase.PAUSED, paused.get()), LOOK);
                } else if (connection.isEmpty()) {
                    standing.rest(new State(Phase.WAITING, session.detail().get()), LOOK);
                } else if (leads()) {
                    setUp(connection.get());
                    failures = 0;
                    watch(connection.get(), settle(connection.get()));
                }
            } catch (ConsumerSetup.Impossible e) {
                retryAfter(new State(Phase.FAILED, String.valueOf(e.getMessage())), failures++);
            } catch (JetStreamApiException e) {
                retryAfter(new State(Phase.FAILED, "NATS says: " + e.getMessage()), failures++);
            } catch (NatsUnavailable e) {
                retryAfter(new State(Phase.WAITING, String.valueOf(e.getMessage())), failures++);
            } catch (IOException | RuntimeException e) {
                retryAfter(silence(e), failures++);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void setUp(Connection connection)
            throws IOException, JetStreamApiException, ConsumerSetup.Impossible {
        ledger.ensure(connection);
        if (ConsumerSetup.ensure(connection, config)) {
            ledger.memory().forgetMoves(config.durable());
        }
        setUpOn = NatsSession.Line.of(connection);
    }

    /**
     * Sets up what is not there even while the trigger rests, so that events are kept for it. What
     * fails is said when it is to go on.
     */
    private void prepare(Connection connection) {
        NatsSession.Line line = NatsSession.Line.of(connection);
        if (line.equals(setUpOn)) {
            return;
        }
        try {
            setUp(connection);
        } catch (IOException
                | JetStreamApiException
                | ConsumerSetup.Impossible
                | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "not set up while it rests", e);
        }
        setUpOn = line;
    }

    /** A server without JetStream does not answer either; one before it may have it. */
    private State silence(Exception e) {
        boolean without =
                session.connected()
                        .map(connection -> !connection.getServerInfo().isJetStreamAvailable())
                        .orElse(false);
        return without
                ? new State(Phase.FAILED, "NATS has no JetStream: start the server with -js")
                : new State(Phase.WAITING, "NATS does not answer: " + e.getMessage());
    }

    /** What has not begun waits while nobody knows whose the events are. */
    private void holdUnlessLeading() {
        if (leadership.isPresent() && !leadership.get().holds()) {
            intake.runner().hold();
        }
    }

    /** Leaves the events to another node, for the time of a pause. */
    private void standDown() {
        if (leadership.isPresent()
                && leadership.get().holds()
                && settled
                && intake.runner().drain(STAND_DOWN_PATIENCE)) {
            leadership.get().giveUp();
        }
    }

    /** Whether this node has the events; when not, some time has passed. */
    private boolean leads() throws IOException, JetStreamApiException, InterruptedException {
        if (leadership.isEmpty()) {
            return true;
        }
        Leadership lease = leadership.get();
        switch (lease.lead()) {
            case KEPT -> intake.runner().go();
            case HANDED_OVER -> takeOver(true);
            case TAKEN -> takeOver(false);
            case ELSEWHERE -> {
                intake.runner().abandon();
                standing.rest(new State(Phase.STANDBY, "runs on " + lease.holder()), lease.look());
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

    /**
     * Waits for events that were delivered and never arrived, because a connection broke or a node
     * died, until the server is to deliver them anew. Those that were given back it delivers at
     * once.
     *
     * @return whether there are none
     */
    private boolean settle(Connection connection)
            throws IOException, JetStreamApiException, InterruptedException {
        if (leadership.isEmpty() || settled || isAllHere(connection)) {
            return true;
        }
        if (!givenBack) {
            standing.rest(AGAIN, config.ackWait().plus(LOOK));
        }
        givenBack = false;
        return false;
    }

    private boolean isAllHere(Connection connection) throws IOException, JetStreamApiException {
        Optional<ConsumerInfo> consumer =
                ConsumerSetup.consumer(connection.jetStreamManagement(), config);
        return consumer.isEmpty() || consumer.get().getNumAckPending() <= intake.inFlight();
    }

    /** Takes events in until something is wrong. */
    private void watch(Connection connection, boolean inOrder)
            throws IOException, JetStreamApiException, InterruptedException {
        NatsSession.Line line = NatsSession.Line.of(connection);
        Optional<String> trouble = Optional.of("");
        settled = false;
        try {
            if (!inOrder) {
                intake.runner().hold();
            }
            intake.open(
                    new PullRequests(
                            connection, config.stream(), config.durable(), pullExpires(), intake));
            if (!inOrder) {
                gather(connection, line);
            }
            standing.become(new State(Phase.RUNNING, "takes events in"));
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0}: takes in {1} of {2}",
                    config.target().function(),
                    config.subject(),
                    config.stream());
            trouble = standing.awaitTrouble(() -> troubleOn(line), LOOK);
        } finally {
            settled = intake.shut(trouble.isEmpty());
        }
        if (trouble.isPresent()) {
            throw new NatsUnavailable(trouble.get());
        }
    }

    /**
     * Lets nothing begin until all that is pending is here. The server delivers anew in the order
     * in which AckWaits have ended, which is not the stream's.
     */
    private void gather(Connection connection, NatsSession.Line line)
            throws IOException, JetStreamApiException, InterruptedException {
        while (isWell(line) && intake.inFlight() < config.permits() && !isAllHere(connection)) {
            standing.rest(AGAIN, LOOK);
        }
        if (isWell(line)) {
            intake.runner().go();
        }
    }

    private boolean isWell(NatsSession.Line line) {
        return standing.isWanted() && troubleOn(line).isEmpty();
    }

    /** A dead node's requests must be void before another node may lead. */
    private Duration pullExpires() {
        Duration half = config.ackWait().dividedBy(2);
        return config.isLed() && half.compareTo(PULL_EXPIRES_MOST) < 0 ? half : PULL_EXPIRES_MOST;
    }

    private Optional<String> troubleOn(NatsSession.Line line) {
        Optional<String> trouble = intake.trouble();
        if (trouble.isPresent()) {
            return trouble;
        }
        if (!session.line().equals(Optional.of(line))) {
            return Optional.of("the connection broke off");
        }
        return leadership.isPresent() && !leadership.get().holds()
                ? Optional.of("the lease ran out")
                : Optional.empty();
    }

    private void retryAfter(State because, int failures) {
        if (!because.equals(standing.state()) && !standing.isStopped()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: {1}; trying again",
                    config.target().function(),
                    because.reason());
        }
        long millis =
                Math.min(
                        TROUBLE_PAUSE_MOST.toMillis(),
                        TROUBLE_PAUSE_LEAST.toMillis() << Math.min(failures, 6));
        try {
            standing.rest(because, Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How the trigger fares. */
    Standing standing() {
        return standing;
    }

    /** Waits for the thread to end after {@link Standing#stop}; whether it has. */
    boolean join(Duration patience) {
        try {
            return thread.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether nothing that was delivered has been lost on its way. */
    boolean isSettled() {
        return settled;
    }

    void interrupt() {
        thread.interrupt();
    }
}
