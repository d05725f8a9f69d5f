package dev.treadle.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells on {@code err} what takes longer than a second, while it does. */
public final class Progress {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Progress() {}

    /** Runs {@code work}; when it is not done after a second, says {@code what} is going on. */
    public static <T, E extends Exception> T during(Console console, String what, Work<T, E> work)
            throws E {
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual().name("progress").start(() -> speakUnless(done, console, what));
        try {
            return work.run();
        } finally {
            done.countDown();
        }
    }

    private static void speakUnless(CountDownLatch done, Console console, String what) {
        try {
            if (!done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                console.note(what + " …");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something that may take long. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }
}
