package dev.treadle.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Lets parts of a node end their work side by side: none goes on while another is waited for. */
public final class Drains {
    private Drains() {}

    /**
     * Waits for all.
     *
     * @param drains each waits so long at most and says whether it is idle
     * @return whether all are
     */
    public static boolean all(Duration patience, List<Predicate<Duration>> drains) {
        AtomicBoolean idle = new AtomicBoolean(true);
        try (ExecutorService waiting =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("drain-", 0).factory())) {
            for (Predicate<Duration> drain : drains) {
                waiting.execute(
                        () -> {
                            if (!drain.test(patience)) {
                                idle.set(false);
                            }
                        });
            }
        }
        return idle.get();
    }
}
