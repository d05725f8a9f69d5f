package dev.treadle.benchmarks.process;

import dev.treadle.benchmarks.load.Caller;
import dev.treadle.benchmarks.load.Requests;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Asks a node's admin listener until it says that it is ready. */
record ReadyCheck(int adminPort) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    void await() throws IOException {
        long start = System.nanoTime();
        while (!ready()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IOException("the node on port " + adminPort + " did not become ready");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private boolean ready() {
        try (Caller caller = new Caller(adminPort)) {
            return caller.call(Requests.get("/health/ready")) == 200;
        } catch (IOException e) {
            return false; // it does not listen yet
        }
    }
}
