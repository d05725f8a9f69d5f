package dev.treadle.trigger.nats;

import dev.treadle.testkit.VirtualTime;
import dev.treadle.trigger.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sees all that happens to the events of a simulation and fails when a promise is broken. An event
 * that a fault touched may run again, but never without bounds; one that none touched ends exactly
 * once, after exactly as many runs as the rule gives it.
 */
final class Witness {
    /** Between the check of an event's age and its run, the note of it is written. */
    private static final Duration NOTE_LONGEST = Duration.ofSeconds(3);

    private final VirtualTime time;
    private final NatsTriggerConfig promised;
    private final List<Life> lives = new ArrayList<>();

    /** What became of one event. */
    private static final class Life {
        private final long sequence;
        private final String key;
        private final Instant published;
        private final List<String> log = new ArrayList<>();
        private final List<SimulatedDelivery> deliveries = new ArrayList<>();
        private final Set<Integer> numbers = new HashSet<>();
        private final Set<String> runningOn = new HashSet<>();
        private Optional<Outcome> last = Optional.empty();
        private Optional<DeadLetter> letter = Optional.empty();
        private int runs;
        private boolean succeeded;
        private boolean done;

        /** Whether its AckWait ends because somebody has given it back. */
        private boolean givenBack;

        /** Whether a fault was near it. */
        private boolean touched;

        private boolean repeated;

        /** Whether the server has lost count of it, or two nodes may have it. */
        private boolean doubtful;

        private Life(long sequence, String key, Instant published) {
            this.sequence = sequence;
            this.key = key;
            this.published = published;
        }

        boolean isOver() {
            return succeeded || letter.isPresent();
        }
    }

    Witness(VirtualTime time, NatsTriggerConfig promised) {
        this.time = time;
        this.promised = promised;
    }

    private Life life(long sequence) {
        return lives.get((int) sequence - 1);
    }

    private void check(boolean holds, Life life, String broken) {
        if (!holds) {
            throw new AssertionError(
                    "event %d of key %s %s at %s%n  %s"
                            .formatted(
                                    life.sequence,
                                    life.key,
                                    broken,
                                    time.instant(),
                                    String.join("\n  ", life.log)));
        }
    }

    private Life note(long sequence, String what) {
        Life life = life(sequence);
        life.log.add(time.instant() + " " + what);
        return life;
    }

    void published(long sequence, String key, Instant at) {
        lives.add(new Life(sequence, key, at));
    }

    void delivered(SimulatedDelivery delivery, String node) {
        Life life =
                note(
                        delivery.sequence(),
                        "delivered to %s, %d".formatted(node, delivery.deliveries()));
        life.deliveries.add(delivery);
        life.givenBack = false;
    }

    void givenBack(long sequence) {
        note(sequence, "given back").givenBack = true;
    }

    void takenUp(long sequence) {
        life(sequence).givenBack = false;
    }

    /** The server delivers it anew. */
    void expired(long sequence) {
        Life life = note(sequence, "AckWait has ended");
        if (!life.givenBack) {
            life.touched = true;
            life.doubtful |= life.deliveries.stream().anyMatch(SimulatedDelivery::isHeld);
            // A node that another one has taken the lease from lets its events go.
            SimulatedDelivery last = life.deliveries.getLast();
            check(
                    promised.isLed() || !last.isHeld() || !last.isLooked(promised.ackWait()),
                    life,
                    "was delivered anew though its node had it and was there");
        }
    }

    /** The server was killed and may not know of it any more. */
    void forgotten(long sequence) {
        Life life = note(sequence, "forgotten by the server");
        life.touched = true;
        life.doubtful = true;
    }

    void troubled(long sequence) {
        note(sequence, "its note or letter could not be kept").touched = true;
    }

    /** What was on its way between the node and the server is gone. */
    void cut(String node) {
        for (Life life : lives) {
            boolean near = life.deliveries.stream().anyMatch(each -> each.isOf(node));
            if (near && !life.done) {
                life.log.add(time.instant() + " " + node + " was cut off");
                life.touched = true;
            }
        }
    }

    void died(String node) {
        cut(node);
        lives.forEach(life -> life.runningOn.remove(node));
    }

    void refused(long sequence, String node) {
        note(sequence, "refused on " + node);
    }

    void begins(long sequence, String node, int number) {
        Life life = note(sequence, "attempt %d begins on %s".formatted(number, node));
        check(life.runningOn.add(node), life, "runs twice on one node");
        check(!life.succeeded || life.touched, life, "runs again after it was done");
        int most = promised.retry().attempts();
        boolean forgiven = number == 2 && life.touched;
        check(number <= most || forgiven, life, "runs more often than the rule says");
        check(
                life.numbers.add(number) || life.doubtful || mayRepeat(life),
                life,
                "has the same attempt twice");
        promised.maxAge()
                .ifPresent(
                        age ->
                                check(
                                        !time.instant()
                                                .isAfter(
                                                        life.published
                                                                .plus(age)
                                                                .plus(NOTE_LONGEST)),
                                        life,
                                        "runs though it is too old"));
        if (life.runs == 0) {
            lives.stream()
                    .limit(sequence - 1)
                    .filter(earlier -> waits(life, earlier) && !earlier.isOver())
                    .forEach(
                            earlier ->
                                    check(
                                            false,
                                            life,
                                            "overtakes event %d%n  %s%n"
                                                    .formatted(
                                                            earlier.sequence,
                                                            String.join("\n  ", earlier.log))));
        }
        life.runs++;
    }

    /** An attempt that is made in place is noted when it has ended, if the fault lets it. */
    private boolean mayRepeat(Life life) {
        boolean may = promised.isLed() && life.touched && !life.repeated;
        life.repeated = true;
        return may;
    }

    private boolean waits(Life life, Life earlier) {
        return switch (promised.order()) {
            case EventOrder.None _ -> false;
            case EventOrder.Key _ -> life.key.equals(earlier.key);
            case EventOrder.Strict _ -> true;
        };
    }

    void ends(long sequence, String node, Outcome outcome) {
        Life life = note(sequence, outcome + " on " + node);
        life.runningOn.remove(node);
        life.last = Optional.of(outcome);
        life.succeeded |= outcome instanceof Outcome.Succeeded;
    }

    void buried(DeadLetter letter) {
        Life life = note(letter.sequence(), "a dead letter: " + letter.reason());
        check(life.letter.isEmpty(), life, "has two dead letters");
        check(!life.succeeded || life.touched, life, "is a dead letter though it was done");
        life.letter = Optional.of(letter);
        if (!life.touched) {
            check(letter.attempts() == life.runs || life.runs == 0, life, "has wrong attempts");
            check(isDue(life, letter.reason()), life, "is a dead letter too early");
        }
    }

    private boolean isDue(Life life, DeadLetter.Reason reason) {
        return switch (reason) {
            case EXHAUSTED -> life.runs == promised.retry().attempts();
            case EXPIRED ->
                    time.instant().isAfter(life.published.plus(promised.maxAge().orElseThrow()));
            case PERMANENT, UNDECODABLE ->
                    life.last.orElseThrow() instanceof Outcome.Failed failed && failed.permanent();
        };
    }

    void acked(long sequence) {
        Life life = note(sequence, "acknowledged");
        check(life.succeeded, life, "is acknowledged before it succeeded");
        finish(life);
    }

    void terminated(long sequence) {
        Life life = note(sequence, "terminated");
        check(life.letter.isPresent(), life, "is terminated before its dead letter is stored");
        finish(life);
    }

    private void finish(Life life) {
        check(!life.done || life.doubtful, life, "ends twice");
        check(
                life.succeeded != life.letter.isPresent() || life.touched,
                life,
                "is done and a dead letter");
        life.done = true;
    }

    /** At the end. */
    void checkAllDone() {
        lives.forEach(life -> check(life.done && life.isOver(), life, "has not ended"));
    }

    /** How many events no fault has touched. */
    long untouched() {
        return lives.stream().filter(life -> !life.touched).count();
    }

    long runs() {
        return lives.stream().mapToLong(life -> life.runs).sum();
    }

    long letters() {
        return lives.stream().filter(life -> life.letter.isPresent()).count();
    }
}
