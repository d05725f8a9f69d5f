package dev.treadle.trigger.nats;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers events and runs each batch as one invocation. An event that failed in a batch, or that
 * comes again for another reason, runs alone.
 */
final class BatchRunner implements Runner {
    private final String function;
    private final BatchRule rule;
    private final int concurrency;
    private final EventRun run;
    private final Threads threads;
    private final Left left;

    /** Waiting to be gathered; guarded by this, as is what follows. */
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    private int working;
    private int gathering;
    private boolean held;

    /**
     * An event and when it shall have been gathered; one that has waited for a retry waits no more.
     */
    private record Waiting(Delivery delivery, long dueNanos) {}

    BatchRunner(
            String function,
            BatchRule rule,
            int concurrency,
            EventRun run,
            Threads threads,
            Left left) {
        this.function = function;
        this.rule = rule;
        this.concurrency = concurrency;
        this.run = run;
        this.threads = threads;
        this.left = left;
    }

    @Override
    public synchronized void take(Delivery delivery) {
        boolean again = delivery.deliveries() > 1;
        long patience = again ? 0 : rule.maxWait().toNanos();
        waiting.add(new Waiting(delivery, System.nanoTime() + patience));
        if (again || waiting.size() >= rule.size()) {
            notifyAll();
        }
        begin();
    }

    /** One thread gathers at a time, while others run what they have gathered. */
    private synchronized void begin() {
        if (!held && gathering == 0 && !waiting.isEmpty() && working < concurrency) {
            working++;
            gathering++;
            threads.start("nats-" + function + "-batch", this::work);
        }
    }

    private void work() {
        List<Delivery> batch = gather();
        while (!batch.isEmpty()) {
            run(batch);
            synchronized (this) {
                gathering++;
            }
            batch = gather();
        }
        synchronized (this) {
            working--;
        }
        begin();
    }

    /** The next batch, complete or past its time; empty when there is nothing to be had. */
    private synchronized List<Delivery> gather() {
        List<Delivery> batch = new ArrayList<>();
        awaitBatch();
        while (!held && batch.size() < rule.size() && !waiting.isEmpty()) {
            batch.add(waiting.remove().delivery());
        }
        gathering--;
        begin();
        return batch;
    }

    private void awaitBatch() {
        while (!held && !waiting.isEmpty() && waiting.size() < rule.size()) {
            long now = System.nanoTime();
            long left = waiting.stream().mapToLong(each -> each.dueNanos() - now).min().orElse(0);
            if (left <= 0) {
                return;
            }
            try {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void run(List<Delivery> batch) {
        try {
            new BatchRun(run).run(batch);
        } finally {
            batch.forEach(left::left);
        }
    }

    @Override
    public synchronized void hold() {
        held = true;
        notifyAll();
    }

    @Override
    public synchronized void go() {
        held = false;
        begin();
    }

    @Override
    public void abandon() {
        // No event belongs to one node alone.
    }

    @Override
    public boolean drain(Duration patience) {
        List<Delivery> back = new ArrayList<>();
        synchronized (this) {
            held = true;
            notifyAll();
            waiting.forEach(each -> back.add(each.delivery()));
            waiting.clear();
        }
        for (Delivery delivery : back) {
            run.handBack(delivery);
            left.left(delivery);
        }
        return true;
    }
}
