package dev.treadle.trigger.nats;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Runs tasks side by side, so many at once and so many a second, and hands over what became of them
 * in their order. Used once.
 */
final class PacedRuns {
    private static final Duration BEAT = Duration.ofMillis(500);

    private final Semaphore places;
    private final Duration gap;
    private final StopSign stop;

    /**
     * @param atOnce how many run at the same time at most
     * @param perSecond how many begin in a second at most; zero for no limit
     * @param stop raised, no more tasks begin; those that run end
     */
    PacedRuns(int atOnce, int perSecond, StopSign stop) {
        this.places = new Semaphore(atOnce);
        this.gap = perSecond == 0 ? Duration.ZERO : Duration.ofSeconds(1).dividedBy(perSecond);
        this.stop = stop;
    }

    /** Hears of the results, on the thread that waits for all. */
    interface Sink<R> {
        /** Says whether to go on. */
        boolean take(R result);

        /** Asked twice a second while no result comes: whether to go on. */
        boolean isWanted();
    }

    /** Returns when all tasks have ended, or the stop sign is up and what had begun has ended. */
    <T, R> void run(Iterator<T> source, Function<T, R> task, Sink<R> sink) {
        BlockingQueue<Optional<Future<R>>> begun = new LinkedBlockingQueue<>();
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("paced-run-", 0).factory())) {
            Future<?> feeder =
                    threads.submit(
                            () -> {
                                try {
                                    return feed(
                                            source,
                                            each -> threads.submit(() -> task.apply(each)),
                                            begun);
                                } finally {
                                    begun.add(Optional.empty());
                                }
                            });
            handOver(begun, sink);
            feeder.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins one after the other; says whether all have begun. */
    private <T, R> boolean feed(
            Iterator<T> source,
            Function<T, Future<R>> begin,
            BlockingQueue<Optional<Future<R>>> begun)
            throws InterruptedException {
        long turn = System.nanoTime();
        while (!stop.isUp() && source.hasNext()) {
            while (!places.tryAcquire(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                if (stop.isUp()) {
                    return false;
                }
            }
            if (!stop.rest(Duration.ofNanos(turn - System.nanoTime()))) {
                return false;
            }
            turn = Math.max(turn, System.nanoTime()) + gap.toNanos();
            begun.add(Optional.of(begin.apply(source.next())));
        }
        return !stop.isUp();
    }

    /** Hands over until there are no more; whatever happens, nothing begins afterwards. */
    private <R> void handOver(BlockingQueue<Optional<Future<R>>> begun, Sink<R> sink)
            throws InterruptedException, ExecutionException {
        boolean ended = false;
        try {
            while (!ended) {
                Optional<Future<R>> next = begun.poll(BEAT.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null) {
                    goOnIf(sink.isWanted());
                } else if (next.isPresent()) {
                    goOnIf(sink.take(await(next.get(), sink)));
                    places.release();
                } else {
                    ended = true;
                }
            }
        } finally {
            if (!ended) {
                stop.raise();
            }
        }
    }

    private <R> R await(Future<R> run, Sink<R> sink)
            throws InterruptedException, ExecutionException {
        while (true) {
            try {
                return run.get(BEAT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                goOnIf(sink.isWanted());
            }
        }
    }

    private void goOnIf(boolean wanted) {
        if (!wanted) {
            stop.raise();
        }
    }
}
