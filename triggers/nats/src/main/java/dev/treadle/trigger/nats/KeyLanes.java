package dev.treadle.trigger.nats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which events may run now: of each key the first one only, until it has ended, and no more
 * at once than the limit. Keys that wait take turns. No clock and no threads of its own; safe for
 * threads.
 */
final class KeyLanes {
    private final int limit;
    private final Map<String, Lane> lanes = new HashMap<>();

    /** Lanes whose first event may run. */
    private final ArrayDeque<Lane> ready = new ArrayDeque<>();

    /** Of all events in the lanes. */
    private final Set<Long> sequences = new HashSet<>();

    private int running;
    private boolean stopped;

    KeyLanes(int limit) {
        this.limit = limit;
    }

    /** The events of one key, in order. The first one stays until it has ended. */
    private static final class Lane {
        private final String key;
        private final ArrayDeque<Delivery> events = new ArrayDeque<>();
        private EventRun.@Nullable Step next;
        private boolean runs;

        private Lane(String key) {
            this.key = key;
        }

        private void insert(Delivery delivery) {
            int stay = runs || next != null ? 1 : 0;
            ArrayDeque<Delivery> later = new ArrayDeque<>();
            while (events.size() > stay && events.getLast().sequence() > delivery.sequence()) {
                later.addFirst(events.removeLast());
            }
            events.add(delivery);
            events.addAll(later);
        }
    }

    /** An event's turn to run. */
    static final class Turn {
        private final Lane lane;
        private final Delivery delivery;
        private final EventRun.@Nullable Step step;

        private Turn(Lane lane) {
            this.lane = lane;
            this.delivery = lane.events.getFirst();
            this.step = lane.next;
        }

        Delivery delivery() {
            return delivery;
        }

        /** How far the event has come at an earlier turn; empty for one that has just come. */
        Optional<EventRun.Step> step() {
            return Optional.ofNullable(step);
        }
    }

    /**
     * Puts an event among those of its key, in the stream's order but behind one that has begun.
     *
     * @return false when it is there already
     */
    synchronized boolean add(String key, Delivery delivery) {
        if (!sequences.add(delivery.sequence())) {
            return false;
        }
        Lane lane = lanes.computeIfAbsent(key, Lane::new);
        lane.insert(delivery);
        if (lane.events.size() == 1) {
            ready.add(lane);
        }
        return true;
    }

    /** The next event to run; whoever gets it runs it and says how it went. */
    synchronized Optional<Turn> next() {
        if (stopped || running >= limit || ready.isEmpty()) {
            return Optional.empty();
        }
        Lane lane = ready.remove();
        lane.runs = true;
        running++;
        return Optional.of(new Turn(lane));
    }

    /** The event has ended. */
    synchronized void ended(Turn turn) {
        Lane lane = turn.lane;
        leave(lane);
        lane.next = null;
        sequences.remove(lane.events.remove().sequence());
        if (lane.events.isEmpty()) {
            lanes.remove(lane.key);
        } else {
            ready.add(lane);
        }
    }

    /**
     * The event keeps its place and does not run until {@link #rested}.
     *
     * @param next how far it has come; null when not even its attempts are counted
     */
    synchronized void rest(Turn turn, EventRun.@Nullable Step next) {
        leave(turn.lane);
        turn.lane.next = next;
    }

    private void leave(Lane lane) {
        lane.runs = false;
        running--;
        if (running == 0) {
            notifyAll();
        }
    }

    /** The event may run again, if it is still in its place. */
    synchronized void rested(Turn turn) {
        Lane lane = turn.lane;
        boolean inPlace = lanes.get(lane.key) == lane && lane.events.peek() == turn.delivery;
        if (inPlace && !lane.runs && !ready.contains(lane)) {
            ready.add(lane);
        }
    }

    /** Lets no event begin until {@link #open}. */
    synchronized void stop() {
        stopped = true;
    }

    /** Lets events begin again. */
    synchronized void open() {
        stopped = false;
    }

    /** Waits until nothing runs; false when the patience, in nanoseconds, ends first. */
    synchronized boolean awaitQuiet(long patienceNanos) {
        return Monitor.await(this, () -> running == 0, patienceNanos);
    }

    /**
     * Takes out all events that do not run.
     *
     * @return them in the stream's order
     */
    synchronized List<Delivery> clear() {
        ready.clear();
        List<Delivery> out = new ArrayList<>();
        for (Lane lane : List.copyOf(lanes.values())) {
            Optional<Delivery> first =
                    lane.runs ? Optional.of(lane.events.remove()) : Optional.empty();
            out.addAll(lane.events);
            lane.events.clear();
            first.ifPresentOrElse(lane.events::add, () -> lanes.remove(lane.key));
        }
        out.forEach(delivery -> sequences.remove(delivery.sequence()));
        out.sort(Comparator.comparingLong(Delivery::sequence));
        return out;
    }
}
