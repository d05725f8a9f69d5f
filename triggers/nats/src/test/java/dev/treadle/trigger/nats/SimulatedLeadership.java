package dev.treadle.trigger.nats;

import java.io.IOException;
import java.time.Duration;

/** A node's hold on the lease, as {@link Leadership} has it. */
final class SimulatedLeadership {
    private final SimulatedNode node;
    private final SimulatedLease lease;
    private final Duration timeout;
    private boolean held;
    private long heldUntil;
    private long revision;
    private long seenRevision;
    private long seenAt;

    SimulatedLeadership(SimulatedNode node, SimulatedLease lease, Duration timeout) {
        this.node = node;
        this.lease = lease;
        this.timeout = timeout;
    }

    private long now() {
        return node.time().nanos();
    }

    boolean holds() {
        held &= now() < heldUntil;
        return held;
    }

    Leadership.Lead lead() throws IOException {
        if (holds()) {
            return Leadership.Lead.KEPT;
        }
        long asked = now();
        Leadership.Lead lead = node.ask(this::take);
        if (lead != Leadership.Lead.ELSEWHERE) {
            taken(asked);
        }
        return lead;
    }

    private Leadership.Lead take() {
        if (lease.revision() != seenRevision) {
            seenRevision = lease.revision();
            seenAt = now();
        }
        boolean silent = now() - seenAt > timeout.toNanos();
        String before = lease.holder();
        if (!before.equals(node.name()) && !before.isEmpty() && !silent) {
            return Leadership.Lead.ELSEWHERE;
        }
        revision = lease.write(node.name());
        return before.equals(node.name())
                ? Leadership.Lead.KEPT
                : before.isEmpty() ? Leadership.Lead.HANDED_OVER : Leadership.Lead.TAKEN;
    }

    private void taken(long asked) {
        held = true;
        heldUntil = asked + timeout.toNanos() / 4 * 3;
    }

    /** Writes it again and again. */
    void renew() {
        while (true) {
            node.pause(timeout.dividedBy(8));
            if (held) {
                renewOnce();
            }
        }
    }

    private void renewOnce() {
        long asked = now();
        try {
            held = node.ask(() -> write(node.name()));
            if (held) {
                taken(asked);
            }
        } catch (IOException e) {
            // it is tried again until it has run out
            node.pause(timeout.dividedBy(8));
        }
    }

    private boolean write(String by) {
        boolean mine = lease.revision() == revision;
        if (mine) {
            revision = lease.write(by);
        }
        return mine;
    }

    void giveUp() {
        if (holds()) {
            held = false;
            try {
                var _ = node.ask(() -> write(""));
            } catch (IOException e) {
                held = false; // it runs out by itself
            }
        }
    }
}
