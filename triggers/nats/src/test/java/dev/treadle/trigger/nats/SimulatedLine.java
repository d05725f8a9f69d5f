package dev.treadle.trigger.nats;

import dev.treadle.testkit.VirtualTime;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A connection from its making to its end: messages keep their order in each direction, and those
 * that are on their way when it breaks are gone.
 */
final class SimulatedLine {
    private static final long SLOWEST_NANOS = 20_000_000;

    private final VirtualTime time;
    private final RandomGenerator random;
    private boolean broken;
    private long lastToServer;
    private long lastToNode;

    SimulatedLine(VirtualTime time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    boolean isBroken() {
        return broken;
    }

    void cut() {
        broken = true;
    }

    Duration latency() {
        return Duration.ofNanos(random.nextLong(SLOWEST_NANOS));
    }

    void toServer(Runnable effect) {
        lastToServer = Math.max(lastToServer, time.nanos() + latency().toNanos());
        at(lastToServer, effect);
    }

    void toNode(Runnable effect) {
        lastToNode = Math.max(lastToNode, time.nanos() + latency().toNanos());
        at(lastToNode, effect);
    }

    private void at(long nanos, Runnable effect) {
        time.after(
                Duration.ofNanos(nanos - time.nanos()),
                () -> {
                    if (!broken) {
                        effect.run();
                    }
                });
    }
}
