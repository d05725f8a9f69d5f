package dev.treadle.cli.dev;

import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.console.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows a function's log in the background; when the node goes away it waits for it to come back.
 */
public final class LogTail implements AutoCloseable {
    private static final int PAUSE_SECONDS = 1;

    private final NodeApi node;
    private final InstantSource clock;
    private final Consumer<String> lines;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param lines gets each line as JSON, on a thread of this class
     */
    public LogTail(NodeApi node, InstantSource clock, Consumer<String> lines) {
        this.node = node;
        this.clock = clock;
        this.lines = lines;
    }

    /** Begins with what is logged from now on. */
    public void start(String function) {
        Instant since = clock.instant();
        Thread.ofVirtual().name("logs-" + function).start(() -> follow(function, since));
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void follow(String function, Instant start) {
        Instant since = start;
        try {
            do {
                read(function, since);
                since = clock.instant();
            } while (!closed.await(PAUSE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(String function, Instant since) {
        Map<String, String> query = Map.of("follow", "true", "since", since.toString());
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                node.logs(function, query, true), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine();
                    line != null && closed.getCount() > 0;
                    line = reader.readLine()) {
                if (!line.isBlank()) {
                    lines.accept(line);
                }
            }
        } catch (IOException | Failure e) {
            // The node went away: a save that cannot be deployed tells so, here it is only waited
            // for.
        }
    }
}
