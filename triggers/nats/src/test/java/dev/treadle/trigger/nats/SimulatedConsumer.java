package dev.treadle.trigger.nats;

import dev.treadle.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A stream and its pull consumer after the rules of nats-server, in virtual time: what is delivered
 * is pending; what is pending for AckWait without a sign of life is delivered again, before all
 * that is new; a nak with a delay makes AckWait end then; answers count for the event, whichever of
 * its deliveries they are to. A server that was killed finds what it wrote down up to 100 ms
 * before.
 */
final class SimulatedConsumer {
    private static final Duration FLUSH = Duration.ofMillis(100);

    private final VirtualTime time;
    private final Witness witness;
    private final long ackWaitNanos;
    private final int ackPendingMax;
    private final List<Instant> published = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final ArrayDeque<Pull> waiting = new ArrayDeque<>();
    private State state = new State();
    private State kept = new State();
    private boolean up = true;
    private boolean flushing;

    /** What a consumer knows. */
    private static final class State {
        private long next = 1;

        /** By sequence, since when its AckWait runs. */
        private final TreeMap<Long, Long> pending = new TreeMap<>();

        private final ArrayDeque<Long> again = new ArrayDeque<>();
        private final Map<Long, Integer> deliveries = new HashMap<>();

        State copy() {
            State copy = new State();
            copy.next = next;
            copy.pending.putAll(pending);
            copy.deliveries.putAll(deliveries);
            return copy; // what is to be delivered again is found anew by its age
        }
    }

    /** A request for events. */
    private static final class Pull {
        private final SimulatedSubscription from;
        private final long until;
        private int open;

        private Pull(SimulatedSubscription from, int open, long until) {
            this.from = from;
            this.open = open;
            this.until = until;
        }
    }

    SimulatedConsumer(VirtualTime time, Witness witness, NatsTriggerConfig config) {
        this.time = time;
        this.witness = witness;
        this.ackWaitNanos = config.ackWait().toNanos();
        this.ackPendingMax = config.order() instanceof EventOrder.Strict ? 1 : 100_000;
    }

    /** Has it written down soon. */
    private void changed() {
        if (!flushing) {
            flushing = true;
            time.after(FLUSH, this::flush);
        }
    }

    private void flush() {
        flushing = false;
        if (up) {
            kept = state.copy();
        }
    }

    boolean isUp() {
        return up;
    }

    void publish(String key) {
        published.add(time.instant());
        keys.add(key);
        witness.published(published.size(), key, time.instant());
        serve();
    }

    Instant published(long sequence) {
        return published.get((int) sequence - 1);
    }

    String key(long sequence) {
        return keys.get((int) sequence - 1);
    }

    /** All that is in memory is gone. */
    void kill() {
        up = false;
        waiting.clear();
        TreeSet<Long> forgotten = new TreeSet<>(state.pending.keySet());
        forgotten.addAll(kept.pending.keySet());
        for (long sequence = kept.next; sequence < state.next; sequence++) {
            forgotten.add(sequence);
        }
        forgotten.forEach(witness::forgotten);
    }

    void start() {
        state = kept.copy();
        up = true;
        look();
    }

    int pending() {
        return state.pending.size();
    }

    boolean isDone() {
        return up && state.pending.isEmpty() && state.next > published.size();
    }

    void pull(SimulatedSubscription from, int count, Duration expires) {
        waiting.add(new Pull(from, count, time.nanos() + expires.toNanos()));
        time.after(expires, this::look);
        serve();
    }

    /** How many events a subscription has asked for and not got. */
    int open(SimulatedSubscription from) {
        return waiting.stream().filter(pull -> pull.from == from).mapToInt(pull -> pull.open).sum();
    }

    /** What was pending for too long is to be delivered again; requests end. */
    private void look() {
        if (!up) {
            return;
        }
        long now = time.nanos();
        state.pending.forEach(
                (sequence, since) -> {
                    if (now - since >= ackWaitNanos && !state.again.contains(sequence)) {
                        state.again.add(sequence);
                        witness.expired(sequence);
                    }
                });
        state.again.forEach(sequence -> state.pending.put(sequence, now));
        serve();
        for (Iterator<Pull> each = waiting.iterator(); each.hasNext(); ) {
            Pull pull = each.next();
            if (now >= pull.until || pull.from.isClosed()) {
                each.remove();
                pull.from.unfilled(pull.open);
            }
        }
    }

    private void lookAfter(long nanos) {
        time.after(Duration.ofNanos(nanos), this::look);
    }

    private void serve() {
        while (up) {
            waiting.removeIf(pull -> pull.open == 0 || pull.from.isClosed());
            if (waiting.isEmpty()) {
                return;
            }
            long sequence = next();
            if (sequence == 0) {
                return;
            }
            Pull pull = waiting.remove();
            pull.open--;
            waiting.add(pull);
            state.pending.put(sequence, time.nanos());
            changed();
            witness.takenUp(sequence);
            lookAfter(ackWaitNanos);
            pull.from.deliver(sequence, state.deliveries.merge(sequence, 1, Integer::sum));
        }
    }

    private long next() {
        if (!state.again.isEmpty()) {
            return state.again.remove();
        }
        boolean full = state.pending.size() >= ackPendingMax;
        return full || state.next > published.size() ? 0 : state.next++;
    }

    private boolean isPending(long sequence) {
        return sequence < state.next && state.pending.containsKey(sequence);
    }

    void ack(long sequence) {
        if (isPending(sequence)) {
            witness.acked(sequence);
            remove(sequence);
        }
    }

    void term(long sequence) {
        if (isPending(sequence)) {
            witness.terminated(sequence);
            remove(sequence);
        }
    }

    private void remove(long sequence) {
        state.pending.remove(sequence);
        state.again.remove(sequence);
        state.deliveries.remove(sequence);
        changed();
        serve();
    }

    void nak(long sequence, Duration pause) {
        if (isPending(sequence)) {
            state.again.remove(sequence);
            state.pending.put(sequence, time.nanos() - ackWaitNanos + pause.toNanos());
            changed();
            witness.givenBack(sequence);
            lookAfter(pause.toNanos());
        }
    }

    void nak(long sequence) {
        if (isPending(sequence) && !state.again.contains(sequence)) {
            state.again.add(sequence);
            serve();
        }
    }

    void progress(long sequence) {
        if (isPending(sequence)) {
            state.pending.put(sequence, time.nanos());
            changed();
            witness.takenUp(sequence);
            lookAfter(ackWaitNanos);
        }
    }
}
