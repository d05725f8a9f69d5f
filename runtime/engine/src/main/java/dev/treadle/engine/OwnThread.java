package dev.treadle.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs a function's code on a platform thread that nobody else uses, before or after. */
final class OwnThread {
    private OwnThread() {}

    /** The code did not end in time. */
    static final class Late extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** What runs. */
    interface Code {
        void run() throws Throwable;
    }

    /**
     * Runs the code and waits for it.
     *
     * @throws Late when it has not ended in time; it is interrupted, and left behind if it ignores
     *     that
     * @throws Throwable what the code throws
     */
    static void run(String name, ClassLoader loader, Duration patience, Code code)
            throws Throwable {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread =
                Thread.ofPlatform()
                        .name(name)
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .unstarted(
                                () -> {
                                    try {
                                        code.run();
                                    } catch (Throwable e) {
                                        failure.set(e);
                                    }
                                });
        thread.setContextClassLoader(loader);
        thread.start();
        if (!joinUninterruptibly(thread, patience)) {
            thread.interrupt();
            thread.join(Duration.ofMillis(500));
            throw new Late();
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }

    /** A caller that goes away must not leave a release half-started. */
    private static boolean joinUninterruptibly(Thread thread, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Interrupts all platform threads that a release has left behind, and names them. */
    static List<String> interruptThreadsOf(ClassLoader loader) {
        List<String> names = new ArrayList<>();
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[all.activeCount() + 64];
        int count = all.enumerate(threads, true);
        for (int i = 0; i < count; i++) {
            Thread thread = threads[i];
            if (thread != Thread.currentThread() && thread.getContextClassLoader() == loader) {
                thread.interrupt();
                names.add(thread.getName());
            }
        }
        return names;
    }
}
