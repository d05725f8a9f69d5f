package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LogStoreTest {
    private static final LogQuery ALL = query(0, 1_000);

    @Test
    void oldestLinesGoWhenAFunctionHasItsFill() {
        LogStore store = new LogStore(3, 1 << 20);
        for (int i = 1; i <= 5; i++) {
            store.append(line("f", Log.Level.INFO, "line " + i));
        }

        assertThat(messages(store.find("f", ALL))).containsExactly("line 3", "line 4", "line 5");
    }

    @Test
    void functionThatWritesMuchDropsItsOwnLinesFirst() {
        LogStore store = new LogStore(1_000, 4_096);
        store.append(line("quiet", Log.Level.INFO, "still here"));
        for (int i = 0; i < 100; i++) {
            store.append(line("loud", Log.Level.INFO, "x".repeat(300)));
        }

        assertThat(messages(store.find("quiet", ALL))).containsExactly("still here");
        assertThat(store.find("loud", ALL)).hasSizeBetween(1, 12);
    }

    @Test
    void filtersHoldTogetherAndTheNewestWin() {
        LogStore store = new LogStore(100, 1 << 20);
        store.append(line("f", Log.Level.DEBUG, "red 1"));
        store.append(line("f", Log.Level.WARN, "red 2"));
        store.append(line("f", Log.Level.ERROR, "blue"));
        store.append(line("f", Log.Level.ERROR, "red 3"));

        LogQuery query =
                new LogQuery(
                        Optional.empty(),
                        OptionalInt.of(1),
                        Log.Level.WARN,
                        Optional.empty(),
                        Optional.of("red"),
                        0,
                        1);

        assertThat(messages(store.find("f", query))).containsExactly("red 3");
    }

    @Test
    void followerGetsTheLineThatComesLater() throws Exception {
        LogStore store = new LogStore(100, 1 << 20);
        store.append(line("f", Log.Level.INFO, "before"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<LogLine>> follower =
                    threads.submit(() -> store.await("f", query(1, 10), Duration.ofSeconds(30)));
            store.append(line("f", Log.Level.INFO, "after"));

            assertThat(messages(follower.get())).containsExactly("after");
        }
    }

    @Test
    void followerOfASilentFunctionGetsNothingInTheEnd() throws Exception {
        assertThat(new LogStore(10, 1 << 20).await("f", ALL, Duration.ofMillis(1))).isEmpty();
    }

    private static LogQuery query(long after, int limit) {
        return new LogQuery(
                Optional.empty(),
                OptionalInt.empty(),
                Log.Level.DEBUG,
                Optional.empty(),
                Optional.empty(),
                after,
                limit);
    }

    private static LogLine line(String function, Log.Level level, String message) {
        return new LogLine(
                0, Instant.EPOCH, function, 1, Optional.empty(), Optional.empty(), level, message);
    }

    private static List<String> messages(List<LogLine> lines) {
        return lines.stream().map(LogLine::message).toList();
    }
}
