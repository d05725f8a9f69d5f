package dev.treadle.inference;

import dev.treadle.Tensor;
import dev.treadle.inference.InferenceFailed.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The calls of one model. A call that finds a free lane runs at once, alone; those that come while
 * all lanes are busy wait, and the next free lane takes all of them that fit together. Nobody ever
 * waits for company. Safe for threads.
 */
final class Batcher {
    /** How late a call may hear that its patience has ended. */
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Runner runner;
    private final BatchRule rule;
    private final Executor threads;
    private final int lanesMax;
    private final int waitingMax;
    private final Buffers buffers = new Buffers();
    private final LongAdder calls = new LongAdder();
    private final LongAdder runs = new LongAdder();

    /** Guards all that follows, and the state of jobs and batches. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Deque<Job> waiting = new ArrayDeque<>();
    private final List<Batch> running = new ArrayList<>();
    private int lanes;
    private boolean watched;
    private boolean closed;

    /**
     * @param threads platform threads, as many as all models may use together
     * @param lanesMax how many runs of this model there are at a time
     */
    Batcher(Runner runner, BatchRule rule, Executor threads, int lanesMax, int waitingMax) {
        this.runner = runner;
        this.rule = rule;
        this.threads = threads;
        this.lanesMax = lanesMax;
        this.waitingMax = waitingMax;
    }

    /**
     * Runs the model for one call and returns when that is done.
     *
     * @param asked how many rows a batch may have, as the binding says; 0 when it says nothing
     * @param patience how long this may take
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs, int asked, Duration patience) {
        int max = rule.max(asked);
        Job job = new Job(inputs, max > 1 ? BatchRule.rows(inputs) : 0, max, patience);
        add(job);
        calls.increment();
        try {
            // Without a time: expire() sees to that, for all that wait in one look.
            return job.result.get();
        } catch (InterruptedException e) {
            giveUp(job);
            Thread.currentThread().interrupt();
            throw new InferenceFailed(Reason.EXPIRED, "the call was interrupted", e);
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNull(e.getCause()));
        }
    }

    private static RuntimeException failure(Throwable cause) {
        return cause instanceof InferenceFailed known
                ? new InferenceFailed(known.reason(), String.valueOf(known.getMessage()), known)
                : new InferenceFailed(Reason.FAILED, String.valueOf(cause), cause);
    }

    private void add(Job job) {
        lock.lock();
        try {
            if (closed) {
                throw new InferenceFailed(Reason.FAILED, "the model is being unloaded");
            }
            if (waiting.size() >= waitingMax) {
                throw new InferenceFailed(
                        Reason.BUSY, "%d calls of it wait already".formatted(waitingMax));
            }
            waiting.add(job);
            if (!watched) {
                watched = true;
                Thread.ofVirtual().name("patience").start(this::watch);
            }
            if (lanes < lanesMax) {
                lanes++;
                threads.execute(this::lane);
            }
        } finally {
            lock.unlock();
        }
    }

    /** One run. What waits then gets its turn behind the runs of other models. */
    private void lane() {
        List<Job> jobs = take();
        if (!jobs.isEmpty()) {
            runs.increment();
            Batch batch = batch(jobs);
            batch.run(runner, buffers);
            ended(batch);
        }
        leave();
    }

    private Batch batch(List<Job> jobs) {
        lock.lock();
        try {
            Batch batch = new Batch(jobs);
            for (Job job : jobs) {
                job.batch = batch;
                if (job.abandoned) {
                    leave(batch);
                }
            }
            running.add(batch);
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        boolean isLast = false;
        lock.lock();
        try {
            if (waiting.isEmpty() || !goOn()) {
                lanes--;
                isLast = closed && lanes == 0;
            }
        } finally {
            lock.unlock();
        }
        if (isLast) {
            runner.close();
        }
    }

    /** Whether there is another run; there is none when the node stops. */
    private boolean goOn() {
        try {
            threads.execute(this::lane);
            return true;
        } catch (RejectedExecutionException e) {
            waiting.forEach(
                    job ->
                            job.result.completeExceptionally(
                                    new InferenceFailed(Reason.FAILED, "the node is stopping")));
            waiting.clear();
            return false;
        }
    }

    /** The first that waits, and all that fit to it. */
    private List<Job> take() {
        List<Job> jobs = new ArrayList<>();
        lock.lock();
        try {
            waiting.removeIf(job -> job.abandoned);
            if (waiting.isEmpty()) {
                return jobs;
            }
            Job first = waiting.remove();
            jobs.add(first);
            long rows = first.rows;
            int max = first.batchMax;
            Iterator<Job> others = waiting.iterator();
            while (rows > 0 && rows < max && others.hasNext()) {
                Job other = others.next();
                int both = Math.min(max, other.batchMax);
                if (other.rows > 0
                        && rows + other.rows <= both
                        && rule.fit(first.inputs, other.inputs)) {
                    others.remove();
                    jobs.add(other);
                    rows += other.rows;
                    max = both;
                }
            }
            return jobs;
        } finally {
            lock.unlock();
        }
    }

    private void ended(Batch batch) {
        lock.lock();
        try {
            running.remove(batch);
        } finally {
            lock.unlock();
        }
    }

    /** Ends calls whose patience ends, while there are calls. */
    private void watch() {
        try {
            while (expire()) {
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns whether there is something left to watch: what waits has a lane that comes for it.
     */
    private boolean expire() {
        List<Job> overdue;
        boolean isBusy;
        lock.lock();
        try {
            long now = System.nanoTime();
            overdue =
                    Stream.concat(
                                    waiting.stream(),
                                    running.stream().flatMap(batch -> batch.jobs.stream()))
                            .filter(job -> job.isOverdue(now))
                            .toList();
            overdue.forEach(Batcher::abandon);
            isBusy = lanes > 0;
            watched = isBusy;
        } finally {
            lock.unlock();
        }
        overdue.forEach(Job::expire);
        return isBusy;
    }

    private void giveUp(Job job) {
        lock.lock();
        try {
            abandon(job);
        } finally {
            lock.unlock();
        }
    }

    private static void abandon(Job job) {
        if (job.abandoned) {
            return;
        }
        job.abandoned = true;
        if (job.batch != null) {
            leave(job.batch);
        }
    }

    private static void leave(Batch batch) {
        batch.waiting--;
        if (batch.waiting == 0) {
            batch.stop.now();
        }
    }

    /** Takes no more calls; the runner is closed when the last run has ended. */
    void close() {
        boolean isIdle;
        lock.lock();
        try {
            isIdle = !closed && lanes == 0;
            closed = true;
        } finally {
            lock.unlock();
        }
        if (isIdle) {
            runner.close();
        }
    }

    /** How many calls came, and in how many runs they were answered. */
    Counts counts() {
        return new Counts(calls.sum(), runs.sum());
    }

    /** Calls that came, and runs of the model. */
    record Counts(long calls, long runs) {}
}
