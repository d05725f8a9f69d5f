package dev.treadle.engine;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the node's virtual threads running while some of them never wait. A virtual thread keeps
 * the processor thread that carries it until it waits, so as many endless loops as the machine has
 * cores would stop everything. A small virtual thread that does not get its turn tells that all
 * carriers are held; then there is one carrier more, and the operating system shares out the
 * processors. Carriers that are needed no more are taken back. One per process.
 */
public final class CarrierWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CarrierWatch.class.getName());
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final Duration TURN_MAX = Duration.ofMillis(200);

    /** The scheduler makes 256 at most, unless Java is told otherwise. */
    private static final int CARRIERS_MAX = 250;

    private final Thread watch;
    private volatile boolean closed;

    /** Made when first needed: a node that starts has better things to load. */
    private @Nullable VirtualThreadSchedulerMXBean scheduler;

    private int least;

    public CarrierWatch() {
        watch = Thread.ofPlatform().name("treadle-carriers").daemon().unstarted(this::watch);
        watch.start();
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(BETWEEN.toNanos());
            if (!getsItsTurn()) {
                addOne();
            } else if (scheduler != null) {
                takeBack(scheduler);
            }
        }
    }

    private boolean getsItsTurn() {
        AtomicBoolean ran = new AtomicBoolean();
        Thread.ofVirtual()
                .name("treadle-carriers-probe")
                .start(
                        () -> {
                            ran.set(true);
                            LockSupport.unpark(watch);
                        });
        long deadline = System.nanoTime() + TURN_MAX.toNanos();
        for (long rest = TURN_MAX.toNanos();
                rest > 0 && !ran.get() && !closed;
                rest = deadline - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
        return ran.get();
    }

    private void addOne() {
        VirtualThreadSchedulerMXBean carriers = scheduler();
        int before = carriers.getParallelism();
        if (closed || before >= CARRIERS_MAX) {
            return;
        }
        carriers.setParallelism(before + 1);
        wake();
        boolean worthALine = Integer.bitCount(before + 1 - least) == 1;
        LOG.log(
                worthALine ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                "no virtual thread got its turn for {0} ms: all {1} carriers were held, by code that"
                        + " never waits or for want of processors; now there are {2}",
                TURN_MAX.toMillis(),
                before,
                before + 1);
    }

    /**
     * The scheduler makes a carrier when a queue that was empty gets a task. A thread that is new
     * has such a queue; this one's is full of probes that wait.
     */
    private static void wake() {
        Thread.ofPlatform().daemon().start(() -> Thread.startVirtualThread(() -> {}));
    }

    /** One at a time, while as many as there were first are free beside those that are held. */
    private void takeBack(VirtualThreadSchedulerMXBean carriers) {
        int now = carriers.getParallelism();
        if (now > carriers.getMountedVirtualThreadCount() + least) {
            carriers.setParallelism(now - 1);
        }
    }

    private VirtualThreadSchedulerMXBean scheduler() {
        VirtualThreadSchedulerMXBean known = scheduler;
        if (known == null) {
            known = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
            scheduler = known;
            least = known.getParallelism();
        }
        return known;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watch);
    }
}
