package dev.treadle.trigger.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One schedule and how far it has come: which ticks are due, which run, which wait. Guarded by
 * itself.
 */
final class Slot {
    /** A tick this late is missed, not late. */
    static final Duration LATE_MAX = Duration.ofSeconds(10);

    /** How many ticks wait at most; catching up goes on when there is room. */
    static final int WAITING_MAX = 1_000;

    private final Deque<Instant> waiting = new ArrayDeque<>();
    private Schedule schedule;
    private Instant last;
    private int running;
    private boolean paused;

    Slot(Schedule schedule, Instant last, boolean paused) {
        this.schedule = schedule;
        this.last = last;
        this.paused = paused;
    }

    synchronized Schedule schedule() {
        return schedule;
    }

    /** Goes by another schedule from now on; ticks of the old one are forgotten. */
    synchronized void change(Schedule young, Instant now) {
        if (!young.timing().equals(schedule.timing())) {
            last = now;
            waiting.clear();
        }
        schedule = young;
    }

    /** When there will be something to do; empty when never, or when a run must end first. */
    synchronized Optional<Instant> next() {
        return paused || waiting.size() >= WAITING_MAX ? Optional.empty() : schedule.next(last);
    }

    /** Pauses, or goes on from {@code now}: what passes in a pause is not missed. */
    synchronized void pause(boolean pause, Instant now) {
        if (paused && !pause) {
            last = now;
        }
        paused = pause;
        if (pause) {
            waiting.clear();
        }
    }

    /** What came of the ticks that have come due: those to start now, and those to leave out. */
    record Due(List<Instant> start, List<Instant> skip) {}

    synchronized Due due(Instant now) {
        Due due = new Due(new ArrayList<>(), new ArrayList<>());
        if (paused) {
            return due;
        }
        passOverMissed(now, due);
        for (Instant tick :
                schedule.between(last, now, Math.max(0, WAITING_MAX - waiting.size()))) {
            last = tick;
            offer(tick, isMissed(tick, now), due);
        }
        return due;
    }

    /** Leaves out those missed ticks that the rule does not want. */
    private void passOverMissed(Instant now, Due due) {
        Instant late = now.minus(LATE_MAX);
        if (schedule.missed() == Schedule.Missed.ALL || !last.isBefore(late)) {
            return;
        }
        List<Instant> missed = schedule.between(newestStretch(late), late, Integer.MAX_VALUE);
        if (missed.isEmpty()) {
            return;
        }
        last = missed.getLast();
        if (schedule.missed() == Schedule.Missed.ONCE) {
            offer(last, true, due);
        } else {
            due.skip().add(last);
        }
    }

    /** A moment not long before {@code late} with at least one tick between, if there is one. */
    private Instant newestStretch(Instant late) {
        for (Duration back = Duration.ofMinutes(1);
                late.minus(back).isAfter(last);
                back = back.multipliedBy(8)) {
            Instant start = late.minus(back);
            if (!schedule.between(start, late, 1).isEmpty()) {
                return start;
            }
        }
        return last;
    }

    private static boolean isMissed(Instant tick, Instant now) {
        return tick.isBefore(now.minus(LATE_MAX));
    }

    /** A missed tick that is made up for waits its turn, whatever the rule for overlaps. */
    private void offer(Instant tick, boolean missed, Due due) {
        boolean free = running == 0 && waiting.isEmpty();
        if (free || (schedule.overlap() == Schedule.Overlap.ALLOW && !missed)) {
            running++;
            due.start().add(tick);
        } else if (missed || schedule.overlap() == Schedule.Overlap.QUEUE) {
            waiting.add(tick);
        } else {
            due.skip().add(tick);
        }
    }

    /** A run has ended; the next tick that waited, which runs from now on. */
    synchronized Optional<Instant> ended() {
        running--;
        if (running > 0 || waiting.isEmpty()) {
            return Optional.empty();
        }
        running++;
        return Optional.of(waiting.remove());
    }

    synchronized ScheduleTrigger.Status status() {
        return new ScheduleTrigger.Status(paused, running, waiting.size());
    }

    /** Forgets the ticks that wait. */
    synchronized void clear() {
        waiting.clear();
    }
}
