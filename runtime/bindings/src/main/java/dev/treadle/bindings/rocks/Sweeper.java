package dev.treadle.bindings.rocks;

import dev.treadle.bindings.StoreFailure;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Frees the room of records that have ended, in a thread of its own. */
public final class Sweeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
    private static final long PAUSE_SECONDS = 30;
    private static final int AT_ONCE = 1000;

    private final RocksFolder folder;
    private final InstantSource clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private Sweeper(String name, RocksFolder folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("sweep-" + name).unstarted(this::run);
    }

    /** Sweeps from now on, until closed. */
    public static Sweeper start(String name, RocksFolder folder, InstantSource clock) {
        Sweeper sweeper = new Sweeper(name, folder, clock);
        sweeper.thread.start();
        return sweeper;
    }

    private void run() {
        try {
            while (!stop.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            boolean more = true;
            while (more && stop.getCount() > 0) {
                more = folder.sweep(clock.millis(), AT_ONCE) == AT_ONCE;
            }
        } catch (StoreFailure e) {
            LOG.log(System.Logger.Level.WARNING, "ended records stay for now: {0}", e.detail());
        }
    }

    /** Has ended when this returns. */
    @Override
    public void close() {
        stop.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
