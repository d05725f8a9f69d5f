package dev.treadle.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only from one appointment to the next, and threads that live in it. However many
 * there are, one runs at a time, and which one follows from the appointments alone: what happens
 * once happens again. For one test on one thread.
 */
public final class VirtualTime implements InstantSource, AutoCloseable {
    private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    private final PriorityQueue<Appointment> agenda =
            new PriorityQueue<>(
                    Comparator.comparingLong(Appointment::nanos)
                            .thenComparingLong(Appointment::order));
    private final Set<Strand> strands = new LinkedHashSet<>();

    /** A permit says that no strand runs. */
    private final Semaphore back = new Semaphore(0);

    private long nanos;
    private long order;
    private boolean closed;
    private @Nullable Strand current;
    private @Nullable Throwable failure;

    private record Appointment(long nanos, long order, Runnable action) {}

    /** Ends a thread whose world is gone, through all its frames. */
    public static final class Gone extends Error {
        private static final long serialVersionUID = 1L;

        public Gone() {
            super("its world is gone", null, false, false);
        }
    }

    /** A thread that runs only when it is let. */
    private final class Strand {
        private final BooleanSupplier alive;
        private final Semaphore go = new Semaphore(0);

        private Strand(BooleanSupplier alive) {
            this.alive = alive;
        }

        void goOn() {
            Strand before = current;
            current = this;
            go.release();
            back.acquireUninterruptibly();
            current = before;
        }

        void rest() {
            back.release();
            go.acquireUninterruptibly();
            check();
        }

        void check() {
            if (closed || !alive.getAsBoolean()) {
                throw new Gone();
            }
        }

        @SuppressWarnings("CatchingUnchecked") // handed to the test's thread
        void work(Runnable work) {
            go.acquireUninterruptibly();
            try {
                check();
                work.run();
            } catch (Gone e) {
                // as was wanted
            } catch (Throwable e) {
                failure = failure == null ? e : failure;
            } finally {
                strands.remove(this);
                back.release();
            }
        }
    }

    @Override
    public Instant instant() {
        return BEGIN.plusNanos(nanos);
    }

    /** Since the beginning. */
    public long nanos() {
        return nanos;
    }

    /** Has something done later; it must not rest. */
    public void after(Duration pause, Runnable action) {
        agenda.add(new Appointment(nanos + Math.max(0, pause.toNanos()), order++, action));
    }

    /**
     * Begins a thread now.
     *
     * @param alive whether it goes on after a rest; else {@link Gone} ends it
     */
    public void start(BooleanSupplier alive, Runnable work) {
        Strand strand = new Strand(alive);
        strands.add(strand);
        Thread.ofVirtual().name("virtual-time-" + order).start(() -> strand.work(work));
        after(Duration.ZERO, strand::goOn);
    }

    /** Rests the calling thread, which {@link #start} began, and lets time pass. */
    public void pause(Duration pause) {
        Strand resting = current;
        if (resting == null) {
            throw new IllegalStateException("only a thread of this time can rest in it");
        }
        after(pause, resting::goOn);
        resting.rest();
    }

    /** Keeps the next appointment; false when there is none. Throws what a thread has thrown. */
    public boolean step() {
        Appointment next = agenda.poll();
        if (next == null) {
            return false;
        }
        nanos = next.nanos;
        next.action.run();
        rethrow();
        return true;
    }

    private void rethrow() {
        Throwable thrown = failure;
        failure = null;
        switch (thrown) {
            case null -> {}
            case Error e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }

    /** Ends all threads. */
    @Override
    public void close() {
        closed = true;
        while (!strands.isEmpty()) {
            new ArrayList<>(strands).getFirst().goOn();
        }
    }
}
