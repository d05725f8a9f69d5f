package dev.treadle.trigger.schedule;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs tasks on the thread that hands them over, or keeps them until it is told to. */
final class HeldRuns extends AbstractExecutorService {
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean holding;
    private boolean shutdown;

    void hold() {
        holding = true;
    }

    /** Runs the one that has been held for longest. */
    void releaseOne() {
        held.remove().run();
    }

    int held() {
        return held.size();
    }

    @Override
    public void execute(Runnable task) {
        if (holding) {
            held.add(task);
        } else {
            task.run();
        }
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        return List.copyOf(held);
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && held.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }
}
