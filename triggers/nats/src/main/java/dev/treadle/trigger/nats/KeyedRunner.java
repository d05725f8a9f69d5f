package dev.treadle.trigger.nats;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs events of one key one after the other and those of different keys side by side. An event
 * that fails stays in its place and is tried again here, with the pauses of the trigger's rule, and
 * only its key waits for it.
 */
final class KeyedRunner implements Runner {
    private static final System.Logger LOG = System.getLogger(NatsTrigger.class.getName());
    private static final Duration TROUBLE_PAUSE = Duration.ofSeconds(1);

    private final String function;
    private final EventKey key;
    private final EventRun run;
    private final Threads threads;
    private final Left left;
    private final KeyLanes lanes;
    private volatile boolean lost;

    KeyedRunner(
            String function,
            EventKey key,
            int concurrency,
            EventRun run,
            Threads threads,
            Left left) {
        this.function = function;
        this.key = key;
        this.run = run;
        this.threads = threads;
        this.left = left;
        this.lanes = new KeyLanes(concurrency);
    }

    @Override
    public void take(Delivery delivery) {
        String of = EventKey.of(key, delivery.message(), run.arrival(delivery));
        if (!lost && lanes.add(of, delivery)) {
            begin();
        } else {
            // It is another node's, or here already, delivered again after a break.
            left.left(delivery);
        }
    }

    private void begin() {
        Optional<KeyLanes.Turn> next = lanes.next();
        while (next.isPresent()) {
            KeyLanes.Turn turn = next.get();
            threads.start("nats-" + function, () -> work(turn));
            next = lanes.next();
        }
    }

    /** Runs one event after the other as long as there are some. */
    private void work(KeyLanes.Turn first) {
        Optional<KeyLanes.Turn> turn = Optional.of(first);
        while (turn.isPresent()) {
            run(turn.get());
            turn = lanes.next();
        }
    }

    private void run(KeyLanes.Turn turn) {
        EventRun.@Nullable Step step = turn.step().orElse(null);
        try {
            if (step == null) {
                step = run.begin(turn.delivery());
            }
            if (step instanceof EventRun.Attempt attempt) {
                step = run.make(attempt);
            }
            if (step instanceof EventRun.Ended ended) {
                end(turn, ended);
            }
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    function + ": an event waits, for its state cannot be kept",
                    e);
            rest(turn, step, TROUBLE_PAUSE);
        }
    }

    private void end(KeyLanes.Turn turn, EventRun.Ended ended)
            throws IOException, JetStreamApiException {
        if (ended.disposition() instanceof Disposition.Retry(Duration pause, boolean attempted)) {
            EventRun.Attempt attempt = ended.attempt();
            rest(turn, attempted ? run.again(attempt) : run.refused(attempt), pause);
        } else {
            run.end(ended);
            lanes.ended(turn);
            left.left(turn.delivery());
        }
    }

    private void rest(KeyLanes.Turn turn, EventRun.@Nullable Step next, Duration pause) {
        lanes.rest(turn, next);
        if (lost) {
            abandon();
            return;
        }
        threads.start(
                "nats-rest-" + function,
                () -> {
                    threads.pause(pause);
                    lanes.rested(turn);
                    begin();
                });
    }

    /** Gives back in the stream's order, and only when nothing runs that might fail. */
    @Override
    public boolean drain(Duration patience) {
        lanes.stop();
        if (!lanes.awaitQuiet(patience.toNanos())) {
            return false;
        }
        for (Delivery delivery : lanes.clear()) {
            if (!lost) {
                run.handBack(delivery);
            }
            left.left(delivery);
        }
        return true;
    }

    @Override
    public void hold() {
        lanes.stop();
    }

    @Override
    public void go() {
        if (lost) {
            abandon();
            lost = false;
        }
        lanes.open();
        begin();
    }

    @Override
    public void abandon() {
        lost = true;
        lanes.stop();
        lanes.clear().forEach(left::left);
    }
}
